// dialect/sqlite/questions.hpp: how questions are written in SQLite's SQL.
#pragma once

#include "dialect/question_sql.hpp"

namespace plumb::sqlite {

const QuestionStyle& question_style();

}  // namespace plumb::sqlite

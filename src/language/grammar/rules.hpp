// language/grammar/rules.hpp: the rules of the grammar by name, and what happens when one fails.
#pragma once

#include "language/grammar/ast_adapted.hpp"
#include "language/grammar/recover.hpp"
#include "language/grammar/tokens.hpp"

namespace plumb::language::grammar {

/// A rule's name is what an error says was expected. So what stands on the right of `>` is a token, a rule or
/// a list of one, never a sequence: that has no name.
template <class ID, class Node>
using Rule = x3::rule<ID, Node>;

/// A rule whose node learns where it began and ended, and whose mistakes end with it.
template <void (*Recover)(State&, Iterator&, Iterator, const std::string&)>
struct Guarded {
  template <class Node, class AnyContext>
  void on_success(const Iterator& first, const Iterator&, Node& node, const AnyContext& context) {
    const State& state = state_of(context);
    const Iterator from =
        node.docs.length == 0
            ? first
            : skip_lines(state.begin + node.docs.offset + node.docs.length, state.end, false);
    node.span = state.span(from, std::max(from, state.last_end));
  }
  template <class AnyContext>
  x3::error_handler_result on_error(Iterator& first, const Iterator&,
                                    const x3::expectation_failure<Iterator>& failure,
                                    const AnyContext& context) {
    State& state = state_of(context);
    Recover(state, first, failure.where(), failure.which());
    return x3::error_handler_result::accept;
  }
};

struct MemberId : Guarded<recover_member> {};
struct ItemId : Guarded<recover_item> {};

inline const Rule<struct TypeArgumentId, ast::TypeArgument> type_argument = "an argument";
inline const Rule<struct TypeId, ast::Type> type = "a type";
inline const Rule<struct DefaultId, ast::Default> default_clause = "a default";
inline const Rule<struct WasId, ast::Was> was_clause = "an earlier name";
inline const Rule<struct BackfillId, ast::Backfill> backfill_clause = "`backfill`";
inline const Rule<struct WhereId, ast::Where> where_clause = "`where`";
inline const Rule<struct OnId, ast::On> on_clause = "`on`";
inline const Rule<struct ReferencesId, ast::References> references = "`references`";
inline const Rule<struct GeneratedAsId, ast::GeneratedAs> generated_as = "`as`";
inline const Rule<struct CheckId, ast::Check> check = "`check`";
inline const Rule<struct FlagId, ast::Flag> flag_clause = "a word";
inline const Rule<struct LabelledId, ast::Labelled> labelled = "a word";
inline const Rule<struct ExtraId, ast::Extra> extra = "`extra`";

inline const Rule<struct ColumnId, ast::Column> column = "a column";
inline const Rule<struct ColumnPartId, ast::Part> column_part = "a column";
inline const Rule<struct ExpressionPartId, ast::Part> expression_part = "an expression";
inline const Rule<struct PartId, ast::Part> part = "a column or an expression in parentheses";
inline const Rule<struct NameListId, std::vector<ast::Name>> name_list = "`(`";
inline const Rule<struct PartListId, std::vector<ast::Part>> part_list = "`(`";
inline const Rule<struct IndexId, ast::Index> index = "an index";
inline const Rule<struct PrimaryKeyId, ast::PrimaryKey> primary_key = "a primary key";
inline const Rule<struct ForeignKeyId, ast::ForeignKey> foreign_key = "a foreign key";
inline const Rule<struct TableCheckId, ast::TableCheck> table_check = "a check";
inline const Rule<struct NaturalKeyId, ast::NaturalKey> natural_key = "a natural key";
inline const Rule<struct UseId, ast::Use> use = "`use`";
inline const Rule<struct KeepId, ast::Span> keep = "`keep undeclared indexes`";
inline const Rule<struct OptionEntryId, ast::OptionEntry> option_entry = "an option";
inline const Rule<struct OptionId, ast::Option> option = "`option`";
inline const Rule<struct TableExtraId, ast::TableExtra> table_extra = "`extra`";
inline const Rule<struct SyncId, ast::Sync> sync = "`sync`";
inline const Rule<struct RetireId, ast::Retire> retire = "`retire`";
inline const Rule<struct NestedId, ast::Nested> nested = "`nested`";
inline const Rule<MemberId, ast::Member> member = "a column, an index or a key";

inline const Rule<struct MembersId, std::vector<ast::Member>> members = "`{`";

inline const Rule<struct SchemaId, ast::Schema> schema = "`schema`";
inline const Rule<struct MixinId, ast::Mixin> mixin = "a mixin";
inline const Rule<struct TableId, ast::Table> table = "a table";
inline const Rule<struct ViewId, ast::View> view = "a view";
inline const Rule<struct TriggerId, ast::Trigger> trigger = "a trigger";
inline const Rule<struct DropTargetId, ast::DropTarget> drop_target = "a name";
inline const Rule<struct DropId, ast::Drop> drop = "`drop`";
inline const Rule<struct OncePartId, ast::OncePart> once_part = "`up` or `down`";
inline const Rule<struct OncePartsId, std::vector<ast::OncePart>> once_parts = "`up` or `down`";
inline const Rule<struct OnceId, ast::Once> once = "`once`";
inline const Rule<struct AssertId, ast::Assert> assertion = "`assert`";
inline const Rule<struct PackageOpenId, ast::PackageOpen> package_open = "a package";
inline const Rule<struct CellId, ast::Cell> cell = "a column";
inline const Rule<struct RowId, ast::Row> row = "a row";
inline const Rule<struct SeedId, ast::Seed> seed = "`seed`";
inline const Rule<struct DataPathId, ast::DataPath> data_path = "a table and a field";
inline const Rule<struct DataPairId, ast::DataPair> data_pair = "a value";
inline const Rule<struct DataNamesId, std::vector<ast::Name>> data_names = "names";
inline const Rule<struct DataCellsId, std::vector<ast::Cell>> data_cells = "`(`";
inline const Rule<struct DataPairsId, std::vector<ast::DataPair>> data_pairs = "`(`";
inline const Rule<struct DataFromId, ast::DataFrom> data_from = "`from`";
inline const Rule<struct DataFormatId, ast::DataFormat> data_format = "`data format`";
inline const Rule<ItemId, ast::Item> item = "a declaration";

}  // namespace plumb::language::grammar

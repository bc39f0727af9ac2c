// language/grammar/choices.hpp: tokens that stand for one value of an enumeration.
#pragma once

#include "language/grammar/tokens.hpp"

namespace plumb::language::grammar {

/// One or two words and what they mean.
template <class Enum>
struct Choice {
  std::string_view first;
  std::string_view second;
  Enum value;
};

/// The place behind the words of the first choice that stands at `p`; nullptr when none does.
template <class Enum, std::size_t N>
Iterator take_choice(State& state, Iterator p, const std::array<Choice<Enum>, N>& choices, Enum& value) {
  for (const Choice<Enum>& choice : choices) {
    if (!word_stands(p, choice.first)) continue;
    if (choice.second.empty()) {
      value = choice.value;
      return skip(state, p + choice.first.size());
    }
    const Iterator next = skip_lines(p + choice.first.size(), state.end, false);
    if (!word_stands(next, choice.second)) continue;
    value = choice.value;
    return skip(state, next + choice.second.size());
  }
  return nullptr;
}

template <class Enum, std::size_t N>
std::string choice_names(const std::array<Choice<Enum>, N>& choices) {
  std::string out;
  for (std::size_t i = 0; i < N; ++i) {
    if (i != 0) out += i + 1 == N ? " or " : ", ";
    out += "`" + std::string(choices[i].first);
    if (!choices[i].second.empty()) out += " " + std::string(choices[i].second);
    out += "`";
  }
  return out;
}

template <const auto& Choices, class Enum>
struct ChoiceToken : Token<ChoiceToken<Choices, Enum>, Enum> {
  static Iterator take(State& state, Iterator p, Enum& value) {
    return take_choice(state, p, Choices, value);
  }
  static std::string what() { return choice_names(Choices); }
};

template <const auto& Choices, class Enum>
struct OptionalChoiceToken : Token<OptionalChoiceToken<Choices, Enum>, Enum> {
  static Iterator take(State& state, Iterator p, Enum& value) {
    const Iterator behind = take_choice(state, p, Choices, value);
    return behind == nullptr ? p : behind;
  }
  static std::string what() { return choice_names(Choices); }
};

inline constexpr std::array on_events{Choice<ast::OnEvent>{"delete", "", ast::OnEvent::Delete},
                                      Choice<ast::OnEvent>{"update", "", ast::OnEvent::Update}};
inline constexpr ChoiceToken<on_events, ast::OnEvent> on_event{};

inline constexpr std::array on_actions{Choice<ast::OnAction>{"cascade", "", ast::OnAction::Cascade},
                                       Choice<ast::OnAction>{"set", "null", ast::OnAction::SetNull},
                                       Choice<ast::OnAction>{"restrict", "", ast::OnAction::Restrict},
                                       Choice<ast::OnAction>{"no", "action", ast::OnAction::NoAction},
                                       Choice<ast::OnAction>{"set", "default", ast::OnAction::SetDefault},
                                       Choice<ast::OnAction>{"now", "", ast::OnAction::Now}};
inline constexpr ChoiceToken<on_actions, ast::OnAction> on_action{};

inline constexpr std::array storages{Choice<ast::Storage>{"stored", "", ast::Storage::Stored},
                                     Choice<ast::Storage>{"virtual", "", ast::Storage::Virtual}};
inline constexpr OptionalChoiceToken<storages, ast::Storage> storage{};

inline constexpr std::array flag_words{
    Choice<ast::Word>{"local", "", ast::Word::Local},
    Choice<ast::Word>{"auto", "", ast::Word::Auto},
    Choice<ast::Word>{"unique", "", ast::Word::Unique},
    Choice<ast::Word>{"primary", "key", ast::Word::PrimaryKey},
    Choice<ast::Word>{"invisible", "", ast::Word::Invisible},
    Choice<ast::Word>{"unchecked", "", ast::Word::Unchecked},
    Choice<ast::Word>{"deferrable", "", ast::Word::Deferrable},
    Choice<ast::Word>{"not", "deferrable", ast::Word::NotDeferrable},
    Choice<ast::Word>{"initially", "deferred", ast::Word::InitiallyDeferred},
    Choice<ast::Word>{"initially", "immediate", ast::Word::InitiallyImmediate}};
inline constexpr ChoiceToken<flag_words, ast::Word> flag_word{};

inline constexpr std::array labels{Choice<ast::Label>{"collate", "", ast::Label::Collate},
                                   Choice<ast::Label>{"charset", "", ast::Label::Charset},
                                   Choice<ast::Label>{"constraint", "", ast::Label::Constraint},
                                   Choice<ast::Label>{"match", "", ast::Label::Match}};
inline constexpr ChoiceToken<labels, ast::Label> label{};

inline constexpr std::array quoted_words{Choice<ast::Quoted>{"extra", "", ast::Quoted::Extra},
                                         Choice<ast::Quoted>{"comment", "", ast::Quoted::Comment}};
inline constexpr ChoiceToken<quoted_words, ast::Quoted> quoted_word{};

inline constexpr std::array row_classes{Choice<RowClass>{"master", "", RowClass::Master},
                                        Choice<RowClass>{"system", "", RowClass::System},
                                        Choice<RowClass>{"user", "", RowClass::User}};
inline constexpr OptionalChoiceToken<row_classes, RowClass> row_class{};

inline constexpr std::array index_kinds{Choice<IndexKind>{"index", "", IndexKind::Plain},
                                        Choice<IndexKind>{"unique", "", IndexKind::Unique},
                                        Choice<IndexKind>{"fulltext", "", IndexKind::Fulltext},
                                        Choice<IndexKind>{"spatial", "", IndexKind::Spatial}};
inline constexpr ChoiceToken<index_kinds, IndexKind> index_kind{};

inline constexpr std::array timings{Choice<TriggerTiming>{"before", "", TriggerTiming::Before},
                                    Choice<TriggerTiming>{"after", "", TriggerTiming::After},
                                    Choice<TriggerTiming>{"instead", "of", TriggerTiming::InsteadOf}};
inline constexpr ChoiceToken<timings, TriggerTiming> timing{};

inline constexpr std::array trigger_events{Choice<TriggerEvent>{"insert", "", TriggerEvent::Insert},
                                           Choice<TriggerEvent>{"update", "", TriggerEvent::Update},
                                           Choice<TriggerEvent>{"delete", "", TriggerEvent::Delete}};
inline constexpr ChoiceToken<trigger_events, TriggerEvent> trigger_event{};

inline constexpr std::array drop_kinds{
    Choice<DropKind>{"table", "", DropKind::Table}, Choice<DropKind>{"column", "", DropKind::Column},
    Choice<DropKind>{"view", "", DropKind::View}, Choice<DropKind>{"trigger", "", DropKind::Trigger},
    Choice<DropKind>{"index", "", DropKind::Index}};
inline constexpr ChoiceToken<drop_kinds, DropKind> drop_kind{};

/// Whether `down` stands here and not `up`.
inline constexpr std::array once_words{Choice<bool>{"up", "", false}, Choice<bool>{"down", "", true}};
inline constexpr ChoiceToken<once_words, bool> once_word{};

inline constexpr std::array sync_modes{
    Choice<SyncMode>{"init", "", SyncMode::Init}, Choice<SyncMode>{"append", "", SyncMode::Append},
    Choice<SyncMode>{"upsert", "", SyncMode::Upsert}, Choice<SyncMode>{"mirror", "", SyncMode::Mirror}};
inline constexpr ChoiceToken<sync_modes, SyncMode> sync_mode{};

inline constexpr std::array data_words{Choice<DataChangeKind>{"table", "", DataChangeKind::Table},
                                       Choice<DataChangeKind>{"rename", "", DataChangeKind::Rename},
                                       Choice<DataChangeKind>{"copy", "", DataChangeKind::Copy},
                                       Choice<DataChangeKind>{"default", "", DataChangeKind::Default},
                                       Choice<DataChangeKind>{"set", "", DataChangeKind::Set},
                                       Choice<DataChangeKind>{"refer", "", DataChangeKind::Refer},
                                       Choice<DataChangeKind>{"map", "", DataChangeKind::Map},
                                       Choice<DataChangeKind>{"split", "", DataChangeKind::Split},
                                       Choice<DataChangeKind>{"drop", "", DataChangeKind::Drop}};
inline constexpr ChoiceToken<data_words, DataChangeKind> data_word{};

struct HereToken : Token<HereToken, ast::Span> {
  static Iterator take(State& state, Iterator p, ast::Span& span) {
    span = state.span(p, token_end(state, p));
    return p;
  }
  static std::string what() { return "a word"; }
};
/// The place of the next word, which is not taken.
inline constexpr HereToken here{};

/// `sort`: `desc`, `asc` or nothing, as "descending".
inline constexpr std::array orders{Choice<bool>{"desc", "", true}, Choice<bool>{"asc", "", false}};
inline constexpr OptionalChoiceToken<orders, bool> order{};

struct DatabasePrefixToken : Token<DatabasePrefixToken, ast::Name> {
  static Iterator take(State& state, Iterator p, ast::Name& database) {
    const Glance first = glance(p, state.end);
    if (!first.is_name || *first.behind != '.') return p;
    const Iterator dot = NameToken::take(state, p, database);
    return dot == nullptr || *dot != '.' ? nullptr : skip(state, dot + 1);
  }
  static std::string what() { return "a table"; }
};
/// `database.` before a table's name; nothing otherwise.
inline constexpr DatabasePrefixToken database_prefix{};

}  // namespace plumb::language::grammar

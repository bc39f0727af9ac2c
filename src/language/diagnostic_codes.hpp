// language/diagnostic_codes.hpp: the codes of everything that can be wrong with a description. They are
// stable: people search for them and suppress by them. docs/language.md explains each.
#pragma once

#include <array>
#include <string_view>

namespace plumb::language {

inline constexpr std::array diagnostic_codes{
    std::string_view("ambiguous"),
    std::string_view("ambiguous-sql"),
    std::string_view("bad-auto"),
    std::string_view("bad-escape"),
    std::string_view("bad-version"),
    std::string_view("conflicting-clauses"),
    std::string_view("data-format"),
    std::string_view("default-mismatch"),
    std::string_view("drop-and-was"),
    std::string_view("drop-still-declared"),
    std::string_view("drop-target"),
    std::string_view("duplicate-clause"),
    std::string_view("duplicate-name"),
    std::string_view("empty-name"),
    std::string_view("empty-sql"),
    std::string_view("empty-table"),
    std::string_view("foreign-key-columns"),
    std::string_view("foreign-key-target"),
    std::string_view("foreign-key-types"),
    std::string_view("master-data"),
    std::string_view("misplaced-clause"),
    std::string_view("misplaced-doc"),
    std::string_view("missing-up"),
    std::string_view("missing-value"),
    std::string_view("mixin-cycle"),
    std::string_view("natural-key"),
    std::string_view("nested-package"),
    std::string_view("not-text"),
    std::string_view("package-cycle"),
    std::string_view("placeholder-outside-mixin"),
    std::string_view("ref-cycle"),
    std::string_view("ref-without-key"),
    std::string_view("reserved-name"),
    std::string_view("set-null"),
    std::string_view("stray-doc"),
    std::string_view("syntax"),
    std::string_view("too-many-errors"),
    std::string_view("two-primary-keys"),
    std::string_view("type-arguments"),
    std::string_view("unknown-column"),
    std::string_view("unknown-engine"),
    std::string_view("unknown-mixin"),
    std::string_view("unknown-package"),
    std::string_view("unknown-table"),
    std::string_view("unknown-type"),
    std::string_view("unterminated-name"),
    std::string_view("unterminated-sql"),
    std::string_view("unterminated-string"),
    std::string_view("was-still-declared"),
    std::string_view("was-twice"),
};

}  // namespace plumb::language

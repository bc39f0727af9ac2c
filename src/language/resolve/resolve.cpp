#include "language/resolve.hpp"

#include <algorithm>

#include "language/resolve/scope.hpp"

namespace plumb::language {

Description resolve(const std::vector<SourceText>& sources, const std::vector<ast::File>& files,
                    std::vector<Diagnostic>& diagnostics, Places* places) {
  Scope scope(sources, files, diagnostics);
  scope.places = places;
  scope.items_missing =
      std::any_of(files.begin(), files.end(), [](const ast::File& file) { return file.unread; });
  collect(scope);
  build_tables(scope);
  settle_references(scope);
  build_items(scope);
  settle_hints(scope);
  settle_master(scope);
  return std::move(scope.description);
}

}  // namespace plumb::language

#include "data/differences.hpp"

namespace plumb::data {

void for_each_fresh(const Package& package, const MasterTables& tables, std::size_t table, const FreshRows& fresh,
                    const std::function<void(MasterRow)>& visit, const TakeQuick& quick) {
  if (fresh.count == 0) return;
  std::size_t root = table;
  while (tables.tables[root].owner) root = *tables.tables[root].owner;
  Problems told_already;
  const PackageReader again(package, tables, told_already);
  std::uint64_t count = 0;
  std::size_t ordinal = 0;
  const auto is_fresh = [&](std::size_t number) {
    if (number >= fresh.is_fresh.size() || !fresh.is_fresh[number]) return false;
    ++count;
    return true;
  };
  const auto take_whole = [&](std::size_t of, MasterRow row) {
    if (of == table && is_fresh(root == table ? row.number : ++ordinal)) visit(std::move(row));
  };
  again.read(root, take_whole, [&](QuickRow& row, const RowText& text) {
    if (!is_fresh(text.place.number)) return;
    if (!quick || !quick(row, text)) visit(again.whole_row(table, text));
  });
  if (count != fresh.count) package.has_changed(tables.tables[root].name);
}

}  // namespace plumb::data

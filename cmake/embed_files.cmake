# Writes texts into a C++ source: cmake -D OUTPUT=page_texts.cpp -D "FILES=a.html;b.css" -P embed_files.cmake
# Each becomes an entry of embedded_texts(), under its file name.
set(source "#include \"serve/embedded_texts.hpp\"\n\nnamespace plumb::serve {\n\nconst std::map<std::string, std::string, std::less<>>& embedded_texts() {\n  static const std::map<std::string, std::string, std::less<>> texts{\n")
foreach(file ${FILES})
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" text)
  string(APPEND source "      {\"${name}\", R\"embedded(${text})embedded\"},\n")
endforeach()
string(APPEND source "  };\n  return texts;\n}\n\n}  // namespace plumb::serve\n")
file(WRITE "${OUTPUT}" "${source}")

# What `cmake --install` puts where, and the Debian package: scripts/package.

# manual pages and completions are what the built program says of itself
set(papers ${PROJECT_BINARY_DIR}/papers)
add_custom_command(
  OUTPUT ${papers}/made
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${papers}
  COMMAND $<TARGET_FILE:plumb> manual ${papers}/man
  COMMAND sh -c "gzip -9n ${papers}/man/*.1"
  COMMAND $<TARGET_FILE:plumb> completion bash > ${papers}/plumb
  COMMAND $<TARGET_FILE:plumb> completion zsh > ${papers}/_plumb
  COMMAND $<TARGET_FILE:plumb> completion fish > ${papers}/plumb.fish
  COMMAND ${CMAKE_COMMAND} -E touch ${papers}/made
  DEPENDS plumb
  VERBATIM)
add_custom_target(plumb_papers ALL DEPENDS ${papers}/made)

install(DIRECTORY ${papers}/man/ DESTINATION share/man/man1)
install(FILES ${papers}/plumb DESTINATION share/bash-completion/completions)
install(FILES ${papers}/_plumb DESTINATION share/zsh/vendor-completions)
install(FILES ${papers}/plumb.fish DESTINATION share/fish/vendor_completions.d)
install(FILES client/plumb_client.hpp DESTINATION include/plumb)
install(DIRECTORY packaging/systemd/ DESTINATION lib/systemd/system)
install(FILES packaging/cron/plumb-backup DESTINATION share/doc/plumb/examples)
install(FILES README.md DESTINATION share/doc/plumb)
install(FILES LICENSE DESTINATION share/doc/plumb RENAME copyright)
install(DIRECTORY docs/ DESTINATION share/doc/plumb/docs)
install(DIRECTORY schema/ DESTINATION share/doc/plumb/schema)
install(PROGRAMS scripts/deploy-dev scripts/deploy-staging scripts/deploy-production scripts/review-plan DESTINATION share/doc/plumb/scripts)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME plumb)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "declarative schema tool for SQLite and MariaDB")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
  "One description of a database for both engines: plan what is to be done, review it as a\ndocument, apply exactly that, sync reference data by natural keys, validate, and go back\nwithout losing a row.")
set(CPACK_PACKAGE_CONTACT "plumb maintainers <maintainers@plumb.example>")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION database)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "mariadb-client")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/packaging/debian/postinst)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
include(CPack)

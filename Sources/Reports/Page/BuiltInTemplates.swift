extension ReportTemplates {
  /// The templates in the binary, as they stand in Templates/.
  package static let builtIn = ReportTemplates(GeneratedTemplates.all)
}

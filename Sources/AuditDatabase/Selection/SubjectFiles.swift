/// Which files subjects speak of: their artifacts, data, requirements, configuration, manifests and logs.
enum SubjectFiles {
  /// A SELECT of the ids of files; `subjects` selects those of the subjects.
  static func select(of subjects: String) -> String {
    """
    SELECT file FROM artifact WHERE subject IN (\(subjects))
    UNION SELECT file FROM dataset_file WHERE dataset IN (\(subjects))
    UNION SELECT file FROM dataset WHERE file IS NOT NULL AND subject IN (\(subjects))
    UNION SELECT file FROM run_requirements WHERE file IS NOT NULL AND run IN (\(subjects))
    UNION SELECT file FROM config WHERE file IS NOT NULL AND run IN (\(subjects))
    UNION SELECT manifest_file FROM dataset_use WHERE manifest_file IS NOT NULL AND run IN (\(subjects))
    UNION SELECT log_file FROM run WHERE log_file IS NOT NULL AND subject IN (\(subjects))
    """
  }
}

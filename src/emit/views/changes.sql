SELECT
  f.subject_key, f.subject_name, coalesce(f.metric_concept, f.metric_lemma) AS metric, f.metric_qualifiers AS qualifiers,
  f.period_value AS period, f.period_from, f.period_until, f.status, f.change_direction AS direction,
  f.change_by AS by_value, f.change_by_low AS by_low, f.change_by_high AS by_high, f.change_by_ratio AS by_ratio,
  f.change_by_unit AS by_unit, f.change_from AS from_value, f.change_from_unit AS from_unit,
  f.value AS to_value, f.value_unit AS to_unit, f.change_versus AS versus,
  d.published, d.source, f.doc, f.id, f.evidence
FROM facts f LEFT JOIN documents d ON d.doc = f.doc
WHERE (f.change_direction IS NOT NULL OR f.change_by_quantity IS NOT NULL OR f.change_from_quantity IS NOT NULL)
  AND f.repeat_of IS NULL AND f.derived IS NULL
ORDER BY f.subject_key NULLS FIRST, metric, f.period_from NULLS FIRST, d.published NULLS FIRST, f.doc, f.id

SELECT
  subject_key, subject_name, metric, qualifiers, unit, per, period, period_from, period_until, status,
  value, {value_real}value_low, value_high, value_ratio, approx,
  count(*) OVER cell AS reports,
  min(said) OVER cell <> max(said) OVER cell AS conflict,
  row_number() OVER (
    PARTITION BY subject_key, metric, qualifiers, unit, per, period, status ORDER BY published DESC NULLS LAST, doc DESC, id DESC
  ) = 1 AS is_latest,
  published, source, doc, id, evidence
FROM (
  SELECT
    f.subject_key, f.subject_name, coalesce(f.metric_concept, f.metric_lemma) AS metric, f.metric_qualifiers AS qualifiers,
    f.value_unit AS unit, f.value_per AS per, f.period_value AS period, f.period_from, f.period_until, f.status,
    f.value, {real}f.value_low, f.value_high, f.value_ratio, f.value_approx AS approx,
    coalesce(
      CAST(f.value AS text), CAST(f.value_low AS text) || ' ' || coalesce(CAST(f.value_high AS text), ''), f.value_ratio
    ) AS said,
    d.published, d.source, f.doc, f.id, f.evidence
  FROM facts f LEFT JOIN documents d ON d.doc = f.doc
  WHERE f.subject_key IS NOT NULL AND f.period_value IS NOT NULL AND f.value_quantity IS NOT NULL
    AND f.repeat_of IS NULL AND f.derived IS NULL
    -- What holds of a part only is no point of the whole.
    AND NOT EXISTS (SELECT 1 FROM fact_scopes s WHERE s.doc = f.doc AND s.fact = f.id)
) AS reports
WINDOW cell AS (PARTITION BY subject_key, metric, qualifiers, unit, per, period, status)
ORDER BY subject_key, metric, qualifiers NULLS FIRST, unit, per, period_from NULLS FIRST, period, status, published NULLS FIRST, doc, id

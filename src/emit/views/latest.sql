SELECT
  subject_key, subject_name, metric, unit, per, period, period_from, period_until, status,
  value, {value_real}value_low, value_high, value_ratio, approx, reports, conflict, published, source, doc, id, evidence
FROM series
WHERE is_latest
ORDER BY subject_key, metric, unit, per, period_from NULLS FIRST, period, status

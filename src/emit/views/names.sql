SELECT type, name, link, count(DISTINCT doc) AS documents, count(*) AS mentions
FROM entities
GROUP BY type, name, link
ORDER BY documents DESC, mentions DESC, type, name, link

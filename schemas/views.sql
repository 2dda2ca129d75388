-- The flat views for dashboards: no lists, no JSON, no lambdas, nothing that a DuckDB 1.4 client cannot read.
-- A column without a comment here gets the one that the tables agree on, else that of an earlier view's column.

CREATE VIEW v_incidents AS
SELECT
    incident_id, title, organization, action, action_variety, actor, actor_name,
    occurred_from, occurred_to, discovered_on, disclosed_on,
    people_affected, people_affected_low, people_affected_high,
    records_exposed, records_exposed_low, records_exposed_high,
    array_to_string(data_types, ', ') AS data_types,
    exposure_status, discovery_method, sector, country,
    article_count, publisher_count, first_reported_on, last_reported_on, confidence, changed_at
FROM incidents;
COMMENT ON VIEW v_incidents IS 'One row an incident, lists joined by commas.';
COMMENT ON COLUMN v_incidents.incident_id IS 'the incident';
COMMENT ON COLUMN v_incidents.title IS 'the incident in a few words';
COMMENT ON COLUMN v_incidents.action IS 'VERIS action: what kind of act exposed the data';
COMMENT ON COLUMN v_incidents.actor IS 'VERIS actor: who exposed the data';
COMMENT ON COLUMN v_incidents.data_types IS 'kinds of data exposed, joined by commas';
COMMENT ON COLUMN v_incidents.article_count IS 'articles that tell of it';
COMMENT ON COLUMN v_incidents.changed_at IS 'when a run last changed the incident, UTC';

CREATE VIEW v_incident_data_types AS
SELECT incident_id, title AS incident_title, organization, data_type, occurred_from, occurred_to
FROM (SELECT *, unnest(data_types) AS data_type FROM incidents);
COMMENT ON VIEW v_incident_data_types IS 'One row an incident and kind of data exposed.';
COMMENT ON COLUMN v_incident_data_types.incident_title IS 'the incident in a few words';

CREATE VIEW v_figures AS
SELECT
    f.figure_id, f.incident_id, i.title AS incident_title, i.organization,
    f.article_id, a.title AS article_title, a.publisher, a.published_on,
    f.measure, f.value, f.value_low, f.value_high, f.qualifier, f.unit, f.subject, f.predicate,
    f.as_of, f.attributed_to, f.quote, f.char_start, f.char_end, f.confidence
FROM figures f
JOIN articles a ON a.article_id = f.article_id
LEFT JOIN incidents i ON i.incident_id = f.incident_id;
COMMENT ON VIEW v_figures IS 'Every figure with its incident, its article and the day of publication.';
COMMENT ON COLUMN v_figures.incident_id IS 'the incident that the figure is about; null: about none';
COMMENT ON COLUMN v_figures.article_id IS 'the article that says so';
COMMENT ON COLUMN v_figures.measure IS 'what the figure measures';
COMMENT ON COLUMN v_figures.subject IS 'what is counted, as written';
COMMENT ON COLUMN v_figures.article_title IS 'headline of the article';

CREATE VIEW v_figure_history AS
SELECT
    f.incident_id, i.title AS incident_title, i.organization, f.measure, f.subject, f.unit,
    a.published_on, a.publisher, a.source_uri, f.article_id,
    f.value, f.value_low, f.value_high, f.qualifier, f.attributed_to, f.as_of, f.quote, f.char_start, f.confidence
FROM figures f
JOIN incidents i ON i.incident_id = f.incident_id
JOIN articles a ON a.article_id = f.article_id
ORDER BY f.incident_id, f.measure, a.published_on NULLS LAST, f.article_id, f.char_start;
COMMENT ON VIEW v_figure_history IS 'How each measure of an incident was reported, by day of publication and source.';
COMMENT ON COLUMN v_figure_history.source_uri IS 'where the article came from';

CREATE VIEW v_timeline AS
SELECT
    e.incident_id, i.title AS incident_title, i.organization, e.date_from, e.date_to, e.kind AS event_kind,
    e.quote, e.event_id, e.article_id, a.title AS article_title, a.published_on, e.char_start, e.confidence
FROM events e
JOIN incidents i ON i.incident_id = e.incident_id
JOIN articles a ON a.article_id = e.article_id
ORDER BY e.incident_id, e.date_from NULLS LAST, e.date_to, e.article_id, e.char_start;
COMMENT ON VIEW v_timeline IS 'The events of each incident in order, those without a date last.';
COMMENT ON COLUMN v_timeline.event_kind IS 'what the date is the date of';

CREATE VIEW v_conflicts AS
SELECT
    r.incident_id, i.title AS incident_title, i.organization, r.measure, r.subject, r.status,
    r.low, r.best, r.high, r.figure_count, r.article_count, r.explanation
FROM reconciliations r
JOIN incidents i ON i.incident_id = r.incident_id
WHERE r.status IN ('conflicting', 'does_not_add_up')
ORDER BY r.incident_id, r.measure, r.subject, r.explanation;
COMMENT ON VIEW v_conflicts IS 'What the sources contradict each other on, and sums that do not add up.';
COMMENT ON COLUMN v_conflicts.measure IS 'what is measured';
COMMENT ON COLUMN v_conflicts.subject IS 'what is counted';
COMMENT ON COLUMN v_conflicts.article_count IS 'articles that the figures come from';

CREATE VIEW v_changes AS
SELECT
    changed_at, incident_id, title AS incident_title, organization, exposure_status,
    people_affected, records_exposed, article_count, last_reported_on, confidence
FROM incidents
ORDER BY changed_at DESC, incident_id;
COMMENT ON VIEW v_changes IS 'The incidents, those that a run changed last first.';

CREATE VIEW v_data_quality AS
SELECT
    stage, table_name, column_name, check_name,
    count(*) AS reject_count, count(DISTINCT article_id) AS rejected_articles,
    min(rejected_at) AS first_rejected_at, max(rejected_at) AS last_rejected_at, min(failure) AS example,
    count(*) FILTER (resolved_at IS NULL) AS open_rejects
FROM rejects
GROUP BY stage, table_name, column_name, check_name
ORDER BY reject_count DESC, stage, table_name, column_name, check_name;
COMMENT ON VIEW v_data_quality IS 'Rejects by stage, table and check.';
COMMENT ON COLUMN v_data_quality.reject_count IS 'rows, files or lines that failed here';
COMMENT ON COLUMN v_data_quality.open_rejects IS 'those of them that nobody has mended';
COMMENT ON COLUMN v_data_quality.rejected_articles IS 'known articles that they belong to';
COMMENT ON COLUMN v_data_quality.first_rejected_at IS 'when the first of them was refused, UTC';
COMMENT ON COLUMN v_data_quality.last_rejected_at IS 'when the last of them was refused, UTC';
COMMENT ON COLUMN v_data_quality.example IS 'the reason of one of them';

CREATE VIEW v_provenance AS
SELECT q.table_name, q.article_id, q.char_start, q.char_end, q.quote,
    substring(a.text, q.char_start + 1, q.char_end - q.char_start) AS found
FROM (
    SELECT 'figures' AS table_name, article_id, char_start, char_end, quote FROM figures
    UNION ALL SELECT 'events', article_id, char_start, char_end, quote FROM events
    UNION ALL SELECT 'exposed_data', article_id, char_start, char_end, quote FROM exposed_data
    UNION ALL SELECT 'parties', article_id, char_start, char_end, quote FROM parties
    UNION ALL SELECT 'statements', article_id, char_start, char_end, quote FROM statements
    UNION ALL SELECT 'responses', article_id, char_start, char_end, quote FROM responses
) q
LEFT JOIN articles a ON a.article_id = q.article_id
WHERE substring(a.text, q.char_start + 1, q.char_end - q.char_start) IS DISTINCT FROM q.quote;
COMMENT ON VIEW v_provenance IS 'Rows whose quote is not what the text holds there: always empty.';
COMMENT ON COLUMN v_provenance.table_name IS 'the table of the row';
COMMENT ON COLUMN v_provenance.found IS 'what the text holds there';

CREATE VIEW v_meta AS
SELECT contract_version, snapshot_id, finished_at AS published_at
FROM pipeline_runs
ORDER BY finished_at DESC, run_id DESC
LIMIT 1;
COMMENT ON VIEW v_meta IS 'One row: which contract and snapshot this file is, and when it was published.';
COMMENT ON COLUMN v_meta.published_at IS 'when the snapshot was proved and published, UTC';

-- What people add to adverse events, and the log of all that happened to them. Nothing here can be made again.

-- What the event looks like: dates and grades of its run, its end and its baseline grade, hashed. Empty: written before
-- there was such a column; the next grading fills it in.
ALTER TABLE adverse_event ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';

-- Everything that happened to an event, in the order of the commits: change_key is the cursor of those who watch. Only
-- ever added to. snapshot is the event after the change; of a removed one the event as it last was. grade is the higher
-- of the worst grades before and after, so that who watches from a grade on is told when an event falls under it.
CREATE TABLE event_change (
    change_key  INTEGER PRIMARY KEY,
    study_key   INTEGER NOT NULL REFERENCES study (study_key),
    event_id    TEXT    NOT NULL,
    rule_set_id TEXT    NOT NULL,
    kind        INTEGER NOT NULL,
    grade       INTEGER NOT NULL,
    at_us       INTEGER NOT NULL,
    cause       TEXT    NOT NULL,
    made_by     TEXT    NOT NULL,
    snapshot    TEXT    NOT NULL
);
CREATE INDEX event_change_study ON event_change (study_key, change_key);
CREATE INDEX event_change_event ON event_change (event_id, change_key);

-- Events that grading no longer finds, as they last were. A row goes when its event comes back.
CREATE TABLE removed_event (
    event_id    TEXT    NOT NULL PRIMARY KEY,
    subject_key INTEGER NOT NULL,
    rule_set_id TEXT    NOT NULL,
    term        TEXT    NOT NULL,
    onset_us    INTEGER NOT NULL,
    worst_grade INTEGER NOT NULL,
    removed_us  INTEGER NOT NULL,
    snapshot    TEXT    NOT NULL
) WITHOUT ROWID;
CREATE INDEX removed_event_subject ON removed_event (subject_key);

-- What safety officers say of events; the highest revision counts. fingerprint: of the event as it was reviewed.
CREATE TABLE event_review (
    event_id    TEXT    NOT NULL,
    revision    INTEGER NOT NULL,
    relatedness INTEGER NOT NULL,
    serious     INTEGER NOT NULL,
    outcome     INTEGER NOT NULL,
    comment     TEXT    NOT NULL,
    reviewer    TEXT    NOT NULL,
    reviewed_us INTEGER NOT NULL,
    fingerprint TEXT    NOT NULL,
    PRIMARY KEY (event_id, revision)
) WITHOUT ROWID;

-- Clinical events that people report. A correction is a new version; the highest one counts.
CREATE TABLE reported_event (
    event_id           TEXT    NOT NULL,
    version            INTEGER NOT NULL,
    subject_key        INTEGER NOT NULL REFERENCES subject (subject_key),
    report_id          TEXT    NOT NULL,
    reported_term      TEXT    NOT NULL,
    coded_term         TEXT    NOT NULL,
    system_organ_class TEXT    NOT NULL,
    onset              TEXT    NOT NULL,
    onset_us           INTEGER NOT NULL,
    end_at             TEXT    NOT NULL,
    grade              INTEGER NOT NULL,
    serious            INTEGER NOT NULL,
    relatedness        INTEGER NOT NULL,
    outcome            INTEGER NOT NULL,
    comment            TEXT    NOT NULL,
    withdrawn          INTEGER NOT NULL,
    reported_by        TEXT    NOT NULL,
    reported_us        INTEGER NOT NULL,
    fingerprint        TEXT    NOT NULL,
    PRIMARY KEY (event_id, version)
) WITHOUT ROWID;
CREATE INDEX reported_event_subject ON reported_event (subject_key);

-- What somebody must look at. level: the grade of an event, or 1 low and 2 high for a critical value.
CREATE TABLE alert (
    alert_key        INTEGER PRIMARY KEY,
    alert_id         TEXT    NOT NULL UNIQUE,
    study_key        INTEGER NOT NULL REFERENCES study (study_key),
    subject_key      INTEGER NOT NULL REFERENCES subject (subject_key),
    kind             INTEGER NOT NULL,
    level            INTEGER NOT NULL,
    state            INTEGER NOT NULL,
    event_id         TEXT    NOT NULL,
    test_key         INTEGER NOT NULL,
    laboratory_key   INTEGER NOT NULL,
    source_result_id TEXT    NOT NULL,
    what             TEXT    NOT NULL,
    value            TEXT    NOT NULL,
    happened_at      TEXT    NOT NULL,
    raised_us        INTEGER NOT NULL,
    changed_us       INTEGER NOT NULL,
    acknowledged_by  TEXT    NOT NULL,
    acknowledged_us  INTEGER,
    comment          TEXT    NOT NULL
);
CREATE INDEX alert_study ON alert (study_key, alert_key);
CREATE INDEX alert_event ON alert (event_id) WHERE event_id <> '';
CREATE INDEX alert_series ON alert (subject_key, test_key) WHERE event_id = '';

-- Every state an alert was in. Only ever added to.
CREATE TABLE alert_state (
    state_key INTEGER PRIMARY KEY,
    alert_id  TEXT    NOT NULL,
    state     INTEGER NOT NULL,
    at_us     INTEGER NOT NULL,
    made_by   TEXT    NOT NULL,
    comment   TEXT    NOT NULL
);
CREATE INDEX alert_state_alert ON alert_state (alert_id, state_key);

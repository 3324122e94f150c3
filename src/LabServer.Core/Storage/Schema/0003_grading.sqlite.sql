-- What grading made of the results. All of it can be dropped and made again from 0001 and 0002, except event_identity.

-- One row. taken_up_to: results up to this key are in their series. marks: counts every mark ever set in pending_series.
CREATE TABLE grading_state (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    taken_up_to INTEGER NOT NULL,
    marks       INTEGER NOT NULL
);
INSERT INTO grading_state (id, taken_up_to, marks) VALUES (1, 0, 0);

-- Results behind the watermark that are to be taken up (again): released from hold.
CREATE TABLE released_result (
    result_key INTEGER PRIMARY KEY
);

-- Series to grade. A mark is cleared only when mark is still the one that was read before grading.
CREATE TABLE pending_series (
    subject_key INTEGER NOT NULL,
    test_key    INTEGER NOT NULL,
    mark        INTEGER NOT NULL,
    PRIMARY KEY (subject_key, test_key)
) WITHOUT ROWID;

CREATE TABLE unit (
    unit_key INTEGER PRIMARY KEY,
    unit     TEXT    NOT NULL UNIQUE
);

-- The newest taken-up version of every result, clustered by series and time. value and limits are in the reported unit.
CREATE TABLE observation (
    subject_key    INTEGER NOT NULL,
    test_key       INTEGER NOT NULL,
    collected_us   INTEGER NOT NULL,
    result_key     INTEGER NOT NULL,
    collected_at   TEXT    NOT NULL,
    value          REAL,
    qualifier      INTEGER NOT NULL,
    unit_key       INTEGER,
    lower_limit    REAL,
    upper_limit    REAL,
    standard_value REAL,
    fasting        INTEGER NOT NULL,
    PRIMARY KEY (subject_key, test_key, collected_us, result_key)
) WITHOUT ROWID;

CREATE TABLE rule_set (
    rule_set_key INTEGER PRIMARY KEY,
    rule_set_id  TEXT    NOT NULL UNIQUE,
    sha256       TEXT    NOT NULL
);

CREATE TABLE term (
    term_key     INTEGER PRIMARY KEY,
    rule_set_key INTEGER NOT NULL REFERENCES rule_set (rule_set_key),
    term         TEXT    NOT NULL,
    UNIQUE (rule_set_key, term)
);

CREATE TABLE criterion (
    criterion_key INTEGER PRIMARY KEY,
    term_key      INTEGER NOT NULL REFERENCES term (term_key),
    criterion_id  TEXT    NOT NULL,
    UNIQUE (term_key, criterion_id)
);

-- Grades with their inputs. grade null: not gradable, for reason. Numbers are in the unit of unit_key.
CREATE TABLE grade (
    subject_key         INTEGER NOT NULL,
    test_key            INTEGER NOT NULL,
    term_key            INTEGER NOT NULL,
    collected_us        INTEGER NOT NULL,
    result_key          INTEGER NOT NULL,
    grade               INTEGER,
    reason              INTEGER NOT NULL,
    criterion_key       INTEGER,
    value               REAL,
    lower_limit         REAL,
    upper_limit         REAL,
    unit_key            INTEGER,
    baseline_result_key INTEGER,
    baseline            REAL,
    baseline_indicator  INTEGER NOT NULL,
    PRIMARY KEY (subject_key, test_key, term_key, collected_us, result_key)
) WITHOUT ROWID;

-- Not-gradable results by series, so that a summary need not read the grades.
CREATE TABLE not_gradable (
    subject_key INTEGER NOT NULL,
    test_key    INTEGER NOT NULL,
    term_key    INTEGER NOT NULL,
    reason      INTEGER NOT NULL,
    results     INTEGER NOT NULL,
    PRIMARY KEY (subject_key, test_key, term_key, reason)
) WITHOUT ROWID;

CREATE TABLE adverse_event (
    subject_key       INTEGER NOT NULL,
    test_key          INTEGER NOT NULL,
    term_key          INTEGER NOT NULL,
    onset_us          INTEGER NOT NULL,
    onset_result_key  INTEGER NOT NULL,
    last_result_key   INTEGER NOT NULL,
    end_result_key    INTEGER,
    baseline_grade    INTEGER,
    worst_grade       INTEGER NOT NULL,
    event_id          TEXT    NOT NULL,
    PRIMARY KEY (subject_key, test_key, term_key, onset_us, onset_result_key)
) WITHOUT ROWID;

-- The id an event got when it was first seen, anchored to the result that was its onset then. Never rewritten: an
-- event that contains an anchored result keeps that id, however a regrade moves its ends.
CREATE TABLE event_identity (
    subject_key      INTEGER NOT NULL,
    term_key         INTEGER NOT NULL,
    laboratory_key   INTEGER NOT NULL,
    source_result_id TEXT    NOT NULL,
    event_id         TEXT    NOT NULL UNIQUE,
    PRIMARY KEY (subject_key, term_key, laboratory_key, source_result_id)
) WITHOUT ROWID;

-- As the SQLite file of the same number, which says what everything means.

ALTER TABLE adverse_event ADD fingerprint NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL DEFAULT N'';

CREATE TABLE event_change (
    change_key  BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    study_key   BIGINT NOT NULL REFERENCES study (study_key),
    event_id    NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    rule_set_id NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    kind        BIGINT NOT NULL,
    grade       BIGINT NOT NULL,
    at_us       BIGINT NOT NULL,
    cause       NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    made_by     NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    snapshot    NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL
);
CREATE INDEX event_change_study ON event_change (study_key, change_key);
CREATE INDEX event_change_event ON event_change (event_id, change_key);

CREATE TABLE removed_event (
    event_id    NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    subject_key BIGINT NOT NULL,
    rule_set_id NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    term        NVARCHAR(800) COLLATE Latin1_General_100_BIN2 NOT NULL,
    onset_us    BIGINT NOT NULL,
    worst_grade BIGINT NOT NULL,
    removed_us  BIGINT NOT NULL,
    snapshot    NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL
);
CREATE INDEX removed_event_subject ON removed_event (subject_key);

CREATE TABLE event_review (
    event_id    NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    revision    BIGINT NOT NULL,
    relatedness BIGINT NOT NULL,
    serious     BIGINT NOT NULL,
    outcome     BIGINT NOT NULL,
    comment     NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reviewer    NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reviewed_us BIGINT NOT NULL,
    fingerprint NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY CLUSTERED (event_id, revision)
);

CREATE TABLE reported_event (
    event_id           NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    version            BIGINT NOT NULL,
    subject_key        BIGINT NOT NULL REFERENCES subject (subject_key),
    report_id          NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reported_term      NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    coded_term         NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    system_organ_class NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    onset              NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    onset_us           BIGINT NOT NULL,
    end_at             NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    grade              BIGINT NOT NULL,
    serious            BIGINT NOT NULL,
    relatedness        BIGINT NOT NULL,
    outcome            BIGINT NOT NULL,
    comment            NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    withdrawn          BIGINT NOT NULL,
    reported_by        NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reported_us        BIGINT NOT NULL,
    fingerprint        NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY CLUSTERED (event_id, version)
);
CREATE INDEX reported_event_subject ON reported_event (subject_key);

CREATE TABLE alert (
    alert_key        BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    alert_id         NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE,
    study_key        BIGINT NOT NULL REFERENCES study (study_key),
    subject_key      BIGINT NOT NULL REFERENCES subject (subject_key),
    kind             BIGINT NOT NULL,
    level            BIGINT NOT NULL,
    state            BIGINT NOT NULL,
    event_id         NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    test_key         BIGINT NOT NULL,
    laboratory_key   BIGINT NOT NULL,
    source_result_id NVARCHAR(830) COLLATE Latin1_General_100_BIN2 NOT NULL,
    what             NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    value            NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    happened_at      NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    raised_us        BIGINT NOT NULL,
    changed_us       BIGINT NOT NULL,
    acknowledged_by  NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    acknowledged_us  BIGINT,
    comment          NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL
);
CREATE INDEX alert_study ON alert (study_key, alert_key);
CREATE INDEX alert_event ON alert (event_id) WHERE event_id <> N'';
CREATE INDEX alert_series ON alert (subject_key, test_key) WHERE event_id = N'';

CREATE TABLE alert_state (
    state_key BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    alert_id  NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    state     BIGINT NOT NULL,
    at_us     BIGINT NOT NULL,
    made_by   NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    comment   NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL
);
CREATE INDEX alert_state_alert ON alert_state (alert_id, state_key);

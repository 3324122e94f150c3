-- As the SQLite file of the same number, which says what everything means.

CREATE TABLE grading_state (
    id          BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    taken_up_to BIGINT NOT NULL,
    marks       BIGINT NOT NULL
);
INSERT INTO grading_state (id, taken_up_to, marks) VALUES (1, 0, 0);

CREATE TABLE released_result (
    result_key BIGINT NOT NULL PRIMARY KEY
);

CREATE TABLE pending_series (
    subject_key BIGINT NOT NULL,
    test_key    BIGINT NOT NULL,
    mark        BIGINT NOT NULL,
    PRIMARY KEY CLUSTERED (subject_key, test_key)
);

CREATE TABLE unit (
    unit_key BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    unit     NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE
);

CREATE TABLE observation (
    subject_key    BIGINT NOT NULL,
    test_key       BIGINT NOT NULL,
    collected_us   BIGINT NOT NULL,
    result_key     BIGINT NOT NULL,
    collected_at   NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    value          FLOAT(53),
    qualifier      BIGINT NOT NULL,
    unit_key       BIGINT,
    lower_limit    FLOAT(53),
    upper_limit    FLOAT(53),
    standard_value FLOAT(53),
    fasting        BIGINT NOT NULL,
    PRIMARY KEY CLUSTERED (subject_key, test_key, collected_us, result_key)
);

CREATE TABLE rule_set (
    rule_set_key BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    rule_set_id  NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE,
    sha256       NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL
);

CREATE TABLE term (
    term_key     BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    rule_set_key BIGINT NOT NULL REFERENCES rule_set (rule_set_key),
    term         NVARCHAR(800) COLLATE Latin1_General_100_BIN2 NOT NULL,
    UNIQUE (rule_set_key, term)
);

CREATE TABLE criterion (
    criterion_key BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    term_key      BIGINT NOT NULL REFERENCES term (term_key),
    criterion_id  NVARCHAR(800) COLLATE Latin1_General_100_BIN2 NOT NULL,
    UNIQUE (term_key, criterion_id)
);

CREATE TABLE grade (
    subject_key         BIGINT NOT NULL,
    test_key            BIGINT NOT NULL,
    term_key            BIGINT NOT NULL,
    collected_us        BIGINT NOT NULL,
    result_key          BIGINT NOT NULL,
    grade               BIGINT,
    reason              BIGINT NOT NULL,
    criterion_key       BIGINT,
    value               FLOAT(53),
    lower_limit         FLOAT(53),
    upper_limit         FLOAT(53),
    unit_key            BIGINT,
    baseline_result_key BIGINT,
    baseline            FLOAT(53),
    baseline_indicator  BIGINT NOT NULL,
    PRIMARY KEY CLUSTERED (subject_key, test_key, term_key, collected_us, result_key)
);

CREATE TABLE not_gradable (
    subject_key BIGINT NOT NULL,
    test_key    BIGINT NOT NULL,
    term_key    BIGINT NOT NULL,
    reason      BIGINT NOT NULL,
    results     BIGINT NOT NULL,
    PRIMARY KEY CLUSTERED (subject_key, test_key, term_key, reason)
);

CREATE TABLE adverse_event (
    subject_key      BIGINT NOT NULL,
    test_key         BIGINT NOT NULL,
    term_key         BIGINT NOT NULL,
    onset_us         BIGINT NOT NULL,
    onset_result_key BIGINT NOT NULL,
    last_result_key  BIGINT NOT NULL,
    end_result_key   BIGINT,
    baseline_grade   BIGINT,
    worst_grade      BIGINT NOT NULL,
    event_id         NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY CLUSTERED (subject_key, test_key, term_key, onset_us, onset_result_key)
);

CREATE TABLE event_identity (
    subject_key      BIGINT NOT NULL,
    term_key         BIGINT NOT NULL,
    laboratory_key   BIGINT NOT NULL,
    source_result_id NVARCHAR(830) COLLATE Latin1_General_100_BIN2 NOT NULL,
    event_id         NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE,
    PRIMARY KEY NONCLUSTERED (subject_key, term_key, laboratory_key, source_result_id)
);

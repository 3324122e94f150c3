-- As the SQLite file of the same number, which says what everything means.
-- result_key and rejected_key are given by the insert, as the highest and one: an identity column would leave gaps.
-- source_result_id: 200 characters from a laboratory; of a derived result test, laboratory and id of what it is computed from.

CREATE TABLE result (
    result_key         BIGINT NOT NULL PRIMARY KEY,
    laboratory_key     BIGINT NOT NULL REFERENCES laboratory (laboratory_key),
    source_result_id   NVARCHAR(830) COLLATE Latin1_General_100_BIN2 NOT NULL,
    version            BIGINT NOT NULL,
    subject_id         NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    specimen           NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    category           NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    test_code          NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reported_value     NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reported_unit      NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reference_low      NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reference_high     NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    collected_at       NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    resulted_at        NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    visit              NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    visit_number       NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    instrument         NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    method             NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    status             BIGINT NOT NULL,
    specimen_condition NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    fasting            BIGINT NOT NULL,
    content_hash       VARBINARY(32) NOT NULL,
    received_us        BIGINT NOT NULL,
    sender_key         BIGINT NOT NULL REFERENCES sender (sender_key),
    subject_key        BIGINT,
    test_key           BIGINT,
    standard_value     FLOAT(53),
    collected_us       BIGINT NOT NULL,
    hold_reasons       BIGINT NOT NULL,
    UNIQUE (laboratory_key, source_result_id, version)
);

CREATE INDEX result_held ON result (laboratory_key, subject_id) WHERE hold_reasons <> 0;

CREATE TABLE amended_result (
    laboratory_key   BIGINT NOT NULL,
    source_result_id NVARCHAR(830) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY NONCLUSTERED (laboratory_key, source_result_id)
);

CREATE TABLE rejected_result (
    rejected_key   BIGINT NOT NULL PRIMARY KEY,
    laboratory_key BIGINT NOT NULL REFERENCES laboratory (laboratory_key),
    content_hash   VARBINARY(32) NOT NULL,
    sent           NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    faults         NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    received_us    BIGINT NOT NULL,
    sender_key     BIGINT NOT NULL REFERENCES sender (sender_key),
    UNIQUE (laboratory_key, content_hash)
);

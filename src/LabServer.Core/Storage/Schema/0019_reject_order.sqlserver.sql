-- As the SQLite file of the same number, which says what everything means.
-- No database of this engine is older than these files, so the table has no rows to keep.

DROP TABLE rejected_result;

CREATE TABLE rejected_result (
    rejected_key     BIGINT NOT NULL PRIMARY KEY,
    laboratory_key   BIGINT NOT NULL REFERENCES laboratory (laboratory_key),
    source_result_id NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    content_hash     VARBINARY(32) NOT NULL,
    sent             NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    faults           NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    received_us      BIGINT NOT NULL,
    sender_key       BIGINT NOT NULL REFERENCES sender (sender_key),
    UNIQUE (laboratory_key, source_result_id, content_hash)
);

-- The reject log in the order of the senders' ids. With the hash alone as its key, each row went to another page of the
-- index, and a stream of rejected results cost several times what a good one does.

ALTER TABLE rejected_result RENAME TO rejected_result_by_hash;

-- The same content sent again is the same entry: the hash says so, and the id, which it covers, leads so that what arrives
-- together lies together. An id of more than 200 bytes is left empty here; as sent, it is in the content.
CREATE TABLE rejected_result (
    rejected_key     INTEGER PRIMARY KEY,
    laboratory_key   INTEGER NOT NULL REFERENCES laboratory (laboratory_key),
    source_result_id TEXT    NOT NULL,
    content_hash     BLOB    NOT NULL,
    sent             TEXT    NOT NULL,
    faults           TEXT    NOT NULL,
    received_us      INTEGER NOT NULL,
    sender_key       INTEGER NOT NULL REFERENCES sender (sender_key),
    UNIQUE (laboratory_key, source_result_id, content_hash)
);

INSERT INTO rejected_result (rejected_key, laboratory_key, source_result_id, content_hash, sent, faults, received_us, sender_key)
SELECT rejected_key, laboratory_key, CASE WHEN octet_length(id) <= 200 THEN id ELSE '' END, content_hash, sent, faults, received_us, sender_key
FROM (SELECT *, CASE WHEN json_valid(sent) THEN json_extract(sent, '$.SourceResultId') END AS id FROM rejected_result_by_hash)
ORDER BY rejected_key;

DROP TABLE rejected_result_by_hash;

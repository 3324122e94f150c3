-- What a table by visit asks of a result, kept with the series so that it need not look the result up: the visit as sent,
-- and the text of a value that is no number. Both are few and come again and again, so a row holds a key.

-- As sent, spaces included. A result without either has no key.
CREATE TABLE sent_visit (
    visit_key    INTEGER PRIMARY KEY,
    visit        TEXT    NOT NULL,
    visit_number TEXT    NOT NULL,
    UNIQUE (visit, visit_number)
);

-- Values that are words or marks (POSITIVE, 2+), as sent.
CREATE TABLE sent_text (
    text_key INTEGER PRIMARY KEY,
    text     TEXT    NOT NULL UNIQUE
);

ALTER TABLE observation ADD COLUMN visit_key INTEGER;
ALTER TABLE observation ADD COLUMN text_key INTEGER;

-- Nothing is graded by these, so that nothing is graded again.
INSERT INTO sent_visit (visit, visit_number)
SELECT DISTINCT r.visit, r.visit_number FROM observation o JOIN result r ON r.result_key = o.result_key
WHERE r.visit <> '' OR r.visit_number <> '' ORDER BY r.visit, r.visit_number;

INSERT INTO sent_text (text)
SELECT DISTINCT r.reported_value FROM observation o JOIN result r ON r.result_key = o.result_key
WHERE o.value IS NULL ORDER BY r.reported_value;

UPDATE observation SET
    visit_key = (SELECT v.visit_key FROM result r JOIN sent_visit v ON v.visit = r.visit AND v.visit_number = r.visit_number
        WHERE r.result_key = observation.result_key),
    text_key = CASE WHEN value IS NULL THEN (SELECT t.text_key FROM result r JOIN sent_text t ON t.text = r.reported_value
        WHERE r.result_key = observation.result_key) END;

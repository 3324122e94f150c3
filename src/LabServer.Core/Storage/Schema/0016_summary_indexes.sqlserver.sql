-- As the SQLite file of the same number, which says what everything means.

CREATE INDEX adverse_event_worst ON adverse_event (subject_key, test_key, term_key, worst_grade, onset_us);

CREATE INDEX adverse_event_id ON adverse_event (event_id);

-- What tables of adverse events look for, apart from the long texts of the events. Indexes and not tables of their own: the
-- engine keeps them with the rows, so that no summary is behind grading.

-- Worst grade and onset by subject, test and term.
CREATE INDEX adverse_event_worst ON adverse_event (subject_key, test_key, term_key, worst_grade, onset_us);

-- The event of a review: reviews are few, events many.
CREATE INDEX adverse_event_id ON adverse_event (event_id);

"""The verbs of EHC needs assessments and plans. Each one locks, checks, changes, records and tells, in one transaction."""

"""Pages of EHC needs assessments and plans, one subject a file: fetch, form, service, redirect."""

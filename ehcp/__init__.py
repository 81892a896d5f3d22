"""Education, health and care: requests, assessments and plans (CFA 2014 Part 3; SEND Regs 2014)."""

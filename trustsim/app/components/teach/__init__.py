"""Parts of a student's page, in the order in which they are met: join, briefing, quarter by quarter, debrief."""

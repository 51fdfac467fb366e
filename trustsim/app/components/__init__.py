"""Parts of pages: what is asked (scenario, settings), and what is shown (hospital, curves, person)."""

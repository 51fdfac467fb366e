"""The equations of the model: one mechanism a file, scalars in, scalars out.

A rule knows no arrays, no luck, no parameter object and no intervention. It uses + - * / comparisons and sqrt only, in
the order in which it is written, so that Python and compiled code give the same bits. Beliefs, feelings and chances lie
in [0, 1]; time is in weeks.

- `arithmetic`: bounds, squashing, noise, approach to a level.
- `people`: who a person is on the first day.
- `conduct`: the 13 trust behaviors and what others see of them.
- `trust`: beliefs about another person, and how they move.
- `voice`: concerns, whether they are raised, and what comes of them.
- `decision`: who decides, how well it fits, and how it is taken.
- `feeling`: workload, exhaustion, cynicism, safety, autonomy, feeling valued.
- `leaving`: intent to leave, exits, vacancies, cut hours.
- `patients`: patients' trust and outcomes, safety events, access.
"""

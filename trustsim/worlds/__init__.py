"""The compiled engine: the same week as the Mesa model, for many worlds side by side.

W worlds (a baseline and its interventions, or points of a sweep) run through one hospital with one luck. State is one
float64 array per field, shape (entities, W), worlds last: the inner loop over worlds is contiguous arithmetic that the
compiler turns into vector instructions, and each draw is made once for all worlds. A world's result does not depend on
W, on its place, or on what runs beside it.

- `hospital`: the organization as the kernels want it.
- `state`: the arrays of people, ties and units, and their first day.
- `prepare`, `communicate`, `voice`, `decide`, `feel`, `leave`, `patients`: the stages of a week, a file each.
- `record`: a week's measures.
- `week`: the stages in order.
- `engine`: weeks in order, with luck and levers; the door of this room.

To add a rule, see CONTRIBUTING.md: a scalar function in `trustsim.rules`, called at the same place here and in
`trustsim.agents`. The agreement test compares every bit of both.
"""

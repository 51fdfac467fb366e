"""The app in the browser: `trustsim app`.

`state` is what a visitor looks at, as a link. `service` runs it. `widgets` are the few things that are drawn in the
browser, `components` and `pages` put them together, `server` serves them. Nothing below this room knows of it, and only
`server` and what it loads imports solara.
"""

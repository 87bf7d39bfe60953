"""Settings that every test shares.

The generated cases are the same in every run, so that a failure can be repeated and a change is
judged on the same inputs as the one before it. `HYPOTHESIS_PROFILE=explore` draws new ones.
"""

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

theorem «x
{"axiom":{"name":1}}» : True := trivial

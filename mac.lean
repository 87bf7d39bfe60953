import Init
macro "foo" : term => `(1)

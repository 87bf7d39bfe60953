import Init

namespace Mine
export Lean.Order (CCPO)
end Mine

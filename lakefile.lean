import Lake
open Lake DSL

package reconstruct

lean_lib Foundation where
  roots := #[`Reconstruct.Foundation]

import Lake
open Lake DSL

/-! Built with official Lean by `lake build`; the embedded toolchain reads the same folders through
`autoresearch lean build`. Nothing but Lean itself is needed; `lake -Kmathlib …` adds Mathlib. -/

package reconstruct

meta if (get_config? mathlib).isSome then
require mathlib from git "https://github.com/leanprover-community/mathlib4" @ "v4.28.0"

/-- What is visible before the cutoff. -/
@[default_target]
lean_lib Foundation where
  roots := #[`Reconstruct.Substitutions.Foundation]
  globs := #[.andSubmodules `Reconstruct.Substitutions.Foundation]

/-- The statements to reconstruct. -/
@[default_target]
lean_lib Target where
  roots := #[`Reconstruct.Substitutions.Target]
  globs := #[.andSubmodules `Reconstruct.Substitutions.Target]

/-- The masked originals, which no other library imports. -/
@[default_target]
lean_lib Reference where
  roots := #[`Reconstruct.Substitutions.Reference]
  globs := #[.andSubmodules `Reconstruct.Substitutions.Reference]

/-- What searches found; not there before the first find. -/
lean_lib Generated where
  roots := #[`Reconstruct.Substitutions.Generated]
  globs := #[.andSubmodules `Reconstruct.Substitutions.Generated]

/-- The server behind the gym protocol. -/
@[default_target]
lean_lib Gym where
  roots := #[`Reconstruct.Gym]
  globs := #[.andSubmodules `Reconstruct.Gym]

/-- Export and audit for the judge. -/
@[default_target]
lean_lib Judge where
  roots := #[`Reconstruct.Judge]
  globs := #[.andSubmodules `Reconstruct.Judge]

/-- It interprets what policies write, so it needs the symbols of Lean itself. -/
@[default_target]
lean_exe gym where
  root := `Reconstruct.Gym.Main
  supportInterpreter := true

@[default_target]
lean_exe judge where
  root := `Reconstruct.Judge.Main
  supportInterpreter := true

//! What the linker has to keep of the editor so that a release can be cut into its
//! parts (`src/parts.rs`): who names whom.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let browser = std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    if browser && std::env::var_os("CARGO_FEATURE_PARTS").is_some() {
        println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
    }
}

//! The most memory that the Worker's program may take, written into it by the
//! linker: a file cannot argue with that.

/// In bytes: a file of 64 MiB, its text and what is made of it, several times over;
/// the one format with larger ones (96 MiB) is read piece by piece. At this bound the program stops, and the editor says
/// that the file is too large.
const MEMORY_LIMIT: u32 = 512 << 20;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-link-arg-cdylib=--max-memory={MEMORY_LIMIT}");
    }
}

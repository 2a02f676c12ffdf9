//! Packs what Trunk has built into one file: the page, with its style, its scripts
//! and its module inside, under a policy that lets it load and send nothing.

use std::{
    collections::{HashMap, HashSet},
    env, fs,
    num::NonZeroU64,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use regex::{Captures, Regex};
use sha2::{Digest, Sha256};
use wasm_encoder::{CustomSection, Section};

use crate::{
    project::{self, Project},
    tools,
};

/// How `wasm-opt` works on the module. Leptos brings streams along that nobody uses, and that their exports alone
/// keep. Functions of like names are alike: side by side they compress better; so do calls and sums that
/// are repeated rather than inlined and kept in locals, and loads and stores without the hint of an alignment, which
/// no engine heeds. The passes left out make the module smaller, and what is packed larger. Very small
/// functions are inlined: compiled for size, indexing a vector is a call. The first kilobyte of
/// memory is the very end of the stack. Imports and exports get short names, which it prints.
const WASM_OPT: &[&str] = &[
    "--remove-exports=*intounderlying*",
    "-Os",
    "--one-caller-inline-max-function-size=50",
    "--always-inline-max-function-size=6",
    "--skip-pass=local-cse",
    "--skip-pass=directize",
    "--skip-pass=memory-packing",
    "--skip-pass=simplify-locals",
    "--dealign",
    "--low-memory-unused",
    "--reorder-functions-by-name",
    "--minify-imports-and-exports-and-modules",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// How often Zopfli looks for a shorter way, and into how many blocks, each with a code of its own, it may cut
/// a megabyte. More of either gain next to nothing.
const ITERATIONS: NonZeroU64 = NonZeroU64::MIN.saturating_add(4);
const BLOCKS: u16 = 80;

/// Packs what Trunk has staged; Trunk's `post_build` hook calls it.
pub(crate) fn staged(project: &Project) -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .context("packing is a part of building: `cargo xtask build`")?;
    if env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") {
        optimise(project, &Built::find(&staging)?)?;
    }
    let page = page(&staging, &project.rustc(&["--version"])?)?;
    fs::remove_dir_all(&staging)?;
    fs::create_dir(&staging)?;
    fs::write(staging.join("index.html"), &page)?;
    println!("The page: {} kB, SHA-256 {:x}", page.len().div_ceil(1000), Sha256::digest(&page));
    Ok(())
}

/// Runs `wasm-opt` over the module, if it is there, and gives the glue the names that it chose.
fn optimise(project: &Project, built: &Built) -> Result<()> {
    let Some(program) = tools::WASM_OPT.find(project)? else {
        println!("wasm-opt is not here: the page works, but is larger than it need be");
        return Ok(());
    };
    let module = &built.module;
    let names = project::output(
        project.command("node").arg(program).args(WASM_OPT).arg(module).arg("-o").arg(module),
    )?;
    fs::write(&built.glue, rename(&read(&built.glue)?, &names)?)?;
    Ok(())
}

/// The glue, with the names of imports and exports that `wasm-opt` says it has given to the module:
/// `["module", "name", "new name"]` for an import, `["name", "new name"]` for an export.
fn rename(glue: &str, names: &str) -> Result<String> {
    /// What `wasm-opt` calls the one module that all imports are of.
    const MODULE: &str = "\"a\"";
    let listed = Regex::new(r#"\[(?:("[^"]+"), )?"([^"]+)", "([^"]+)"\]"#)?;
    let (mut modules, mut imports, mut exports) = (HashSet::new(), HashMap::new(), HashMap::new());
    for found in listed.captures_iter(names) {
        let (old, new) = (found[2].to_owned(), found[3].to_owned());
        match found.get(1) {
            Some(module) => {
                modules.insert(module.as_str());
                imports.insert(old, new);
            }
            None => drop(exports.insert(old, new)),
        }
    }
    ensure!(modules.len() == 1 && !exports.is_empty(), "wasm-opt gave names to {} modules", modules.len());
    let glue = modules.into_iter().fold(glue.to_owned(), |glue, module| glue.replace(module, MODULE));
    let word = Regex::new(r"(wasm\.)?([A-Za-z0-9_$]+)")?;
    let renamed = |found: &Captures<'_>| {
        let (prefix, names) = found.get(1).map_or(("", &imports), |prefix| (prefix.as_str(), &exports));
        format!("{prefix}{}", names.get(&found[2]).map_or(&found[2], String::as_str))
    };
    Ok(word.replace_all(&glue, renamed).into_owned())
}

/// What Trunk has staged: the page, and the two files that `wasm-bindgen` made.
#[derive(Debug)]
struct Built {
    html: String,
    /// The tag that `Trunk.toml` has Trunk write where the module belongs.
    mark: String,
    glue: PathBuf,
    module: PathBuf,
}

impl Built {
    fn find(folder: &Path) -> Result<Self> {
        let html = read(&folder.join("index.html"))?;
        let mark = between(&html, "<script data-pack ", "</script>")
            .context("index.html has no place for the module; see Trunk.toml")?;
        let file = |name| {
            let file = between(mark, name, "\"").with_context(|| format!("Trunk named no {name}"))?;
            Ok::<_, anyhow::Error>(folder.join(file.trim_start_matches('/')))
        };
        Ok(Self {
            glue: file("src=\"")?,
            module: file("data-wasm=\"")?,
            mark: format!("<script data-pack {mark}</script>"),
            html,
        })
    }
}

/// The page, of what Trunk has staged in this folder. It names the compiler, lest who builds it
/// again takes another one.
fn page(folder: &Path, compiler: &str) -> Result<String> {
    let Built { html, mark, glue, module } = Built::find(folder)?;
    let glue = read(&glue)?;
    let mut module = fs::read(&module).with_context(|| format!("cannot read {}", module.display()))?;

    refuse_what_the_policy_forbids(&html.replacen(&mark, "", 1))?;
    let glue = format!("function glue() {{\n{glue}\nreturn wasm_bindgen;\n}}\n");
    CustomSection { name: "glue".into(), data: glue.as_bytes().into() }.append_to(&mut module);
    let module = BASE64_STANDARD.encode(gzip(&module)?);
    let carrier = format!("<script type=\"text/plain\" id=\"module\">{module}</script>");
    // Sheets side by side are one.
    let html = html.replace("</style>\n<style>", "").replacen(&mark, &carrier, 1);
    refuse_what_ends_a_script(&html)?;
    let scripts = [vec![&*glue], contents(&html, "script")].concat();
    let policy = policy(&scripts, &contents(&html, "style"));
    let (start, rest) = html.split_once("<head>").context("index.html has no <head>")?;
    Ok(format!(
        "{start}<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"generator\" content=\"{compiler}\">{rest}"
    ))
}

/// A file with the newlines that a browser sees, whatever it has: a browser hashes those.
fn read(path: &Path) -> Result<String> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// The same bytes wherever and whenever it is done: the header names no file and no time. Zopfli takes
/// seconds for what is a twentieth smaller.
fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let options = zopfli::Options {
        iteration_count: ITERATIONS,
        maximum_block_splits: BLOCKS,
        ..zopfli::Options::default()
    };
    let mut packed = Vec::new();
    zopfli::compress(options, zopfli::Format::Gzip, bytes, &mut packed)?;
    Ok(packed)
}

/// What the page may do: run these very scripts and styles, compile its module,
/// start workers and show pictures that it made itself. Nothing else, and above all
/// no connection.
fn policy(scripts: &[&str], styles: &[&str]) -> String {
    let hashes = |texts: &[&str]| texts.iter().map(|text| hash(text)).collect::<Vec<_>>().join(" ");
    [
        "default-src 'none'",
        &format!("script-src {} 'wasm-unsafe-eval'", hashes(scripts)),
        &format!("style-src {}", hashes(styles)),
        "img-src data: blob:",
        "worker-src blob:",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    .join("; ")
}

/// The name of a text in the policy.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// The page's policy would quietly stop these; better to hear of it now.
fn refuse_what_the_policy_forbids(html: &str) -> Result<()> {
    for forbidden in
        ["<script ", "<style ", " style=\"", " src=\"", "rel=\"stylesheet\"", "href=\"/", "href=\"."]
    {
        if let Some(at) = html.find(forbidden) {
            let line = html[at..].lines().next().unwrap_or_default();
            bail!("the page's policy forbids this part of index.html: {line}");
        }
    }
    Ok(())
}

/// A script that holds a tag of a script, or opens a comment, ends elsewhere than it seems to.
fn refuse_what_ends_a_script(html: &str) -> Result<()> {
    let comment = contents(html, "script").iter().any(|script| script.contains("<!--"));
    let tags = html.matches("<script").count() != html.matches("</script").count();
    ensure!(!comment && !tags, "a script holds `<!--`, `<script` or `</script`");
    Ok(())
}

/// What stands in the elements of this name that have no attributes.
fn contents<'a>(html: &'a str, element: &str) -> Vec<&'a str> {
    let (start, end) = (format!("<{element}>"), format!("</{element}>"));
    html.split(&start).skip(1).filter_map(|rest| Some(rest.split_once(&end)?.0)).collect()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    Some(text.split_once(start)?.1.split_once(end)?.0)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    const INDEX: &str = r#"<!doctype html>
<html>
<head>
<meta charset="utf-8">
<style>
a { color: red }
</style>
<style>b > c {}
</style>
</head>
<body>
<script data-pack src="/app.js" data-wasm="/app_bg.wasm"></script>
<script>start();
</script>
</body>
</html>
"#;

    const GLUE: &str = "let wasm_bindgen;\n";

    /// The page of a module, staged in a folder of its own.
    fn pack(index: &str, glue: &str) -> Result<String> {
        let folder = tempfile::tempdir()?;
        let module: Vec<u8> = (0_u32..2_000).flat_map(|n| (n * n % 251).to_le_bytes()).collect();
        fs::write(folder.path().join("index.html"), index)?;
        fs::write(folder.path().join("app.js"), glue)?;
        fs::write(folder.path().join("app_bg.wasm"), module)?;
        page(folder.path(), "rustc 1.90.0")
    }

    #[test]
    fn the_page_is_the_same_from_any_folder_and_whatever_the_newlines() -> Result<()> {
        let page = pack(INDEX, GLUE)?;
        assert_eq!(pack(INDEX, GLUE)?, page);
        assert_eq!(pack(&INDEX.replace('\n', "\r\n"), &GLUE.replace('\n', "\r\n"))?, page);
        Ok(())
    }

    #[test]
    fn the_policy_comes_before_all_else_in_the_head() -> Result<()> {
        let html = pack(INDEX, GLUE)?;
        let start = "<!doctype html>\n<html>\n<head>\n<meta http-equiv=\"Content-Security-Policy\" ";
        assert!(html.starts_with(start), "{html}");
        // A browser looks for the encoding in this many bytes.
        assert!(html.find("charset").is_some_and(|at| at < 1024), "{html}");
        Ok(())
    }

    #[test]
    fn the_policy_names_exactly_what_the_page_holds() -> Result<()> {
        let html = pack(INDEX, GLUE)?;
        assert_eq!(
            between(&html, "content=\"", "\""),
            Some(&*format!(
                "default-src 'none'; script-src {} {} 'wasm-unsafe-eval'; style-src {}; \
                 img-src data: blob:; worker-src blob:; connect-src 'none'; \
                 base-uri 'none'; form-action 'none'",
                hash("function glue() {\nlet wasm_bindgen;\n\nreturn wasm_bindgen;\n}\n"),
                hash("start();\n"),
                hash("\na { color: red }\nb > c {}\n"),
            ))
        );
        Ok(())
    }

    #[test]
    fn a_hash_is_what_a_browser_computes() {
        // The example of the standard's own text, CSP3 § 8.3.
        assert_eq!(hash("alert('Hello, world.');"), "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
    }

    #[test]
    fn the_module_is_gzip_as_base64_with_the_glue_as_a_section() -> Result<()> {
        let html = pack(INDEX, GLUE)?;
        let text = between(&html, "<script type=\"text/plain\" id=\"module\">", "<").context("no module")?;
        let mut module = Vec::new();
        flate2::read::GzDecoder::new(&*BASE64_STANDARD.decode(text)?).read_to_end(&mut module)?;
        let glue = b"\x04gluefunction glue() {\nlet wasm_bindgen;\n\nreturn wasm_bindgen;\n}\n";
        assert_eq!(module[8_000..], [&[0, u8::try_from(glue.len())?], &glue[..]].concat());
        assert!(text.len() < 8_000, "{}", text.len());
        Ok(())
    }

    #[test]
    fn the_glue_takes_the_names_of_the_module() -> Result<()> {
        let glue = r#"{ "./app_bg.js": imports }; imports.__wbg_abort_4fe8: () => wasm.memory(memory, "memory", wasm.free)"#;
        let names =
            r#"{ "imports": [ ["./app_bg.js", "__wbg_abort_4fe8", "$a"] ], "exports": [ ["memory", "b"] ] }"#;
        assert_eq!(
            rename(glue, names)?,
            r#"{ "a": imports }; imports.$a: () => wasm.b(memory, "memory", wasm.free)"#
        );
        assert!(rename(glue, "").is_err());
        Ok(())
    }

    #[test]
    fn what_would_end_a_script_is_refused() {
        for script in ["'</script>'", "'<script>'", "'<!--'"] {
            assert!(pack(&INDEX.replace("start();", script), GLUE).is_err(), "{script}");
        }
    }

    #[test]
    fn what_the_policy_would_stop_is_refused() {
        for part in [
            "<p style=\"color: red\">",
            "<script src=\"script.js\"></script>",
            "<img src=\"picture.png\">",
            "<link rel=\"stylesheet\" href=\"one.css\">",
            "<link rel=\"icon\" href=\"/icon.svg\">",
        ] {
            assert!(pack(&INDEX.replace("<body>", &format!("<body>{part}")), GLUE).is_err(), "{part}");
        }
    }

    #[test]
    fn a_page_without_a_place_for_the_module_is_refused() {
        assert!(pack("<html><head></head></html>", GLUE).is_err());
    }
}

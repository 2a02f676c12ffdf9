//! Packs what Trunk has built into one file: the page, with its style, its scripts
//! and its module inside, under a policy that lets it load and send nothing.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result, bail, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use crate::{
    compress,
    project::{self, Project},
    squeeze::{self, Minifier},
    tools,
};

/// Starts the module in the page and, on demand, in a worker.
const LOADER: &str = include_str!("loader.js");

/// How `wasm-opt` works on the module. Functions of like names are alike: side by side they
/// compress better. What `-Oz` takes off before compressing comes back after it. The first kilobyte of
/// memory is the very end of the stack.
const WASM_OPT: &[&str] = &[
    "-O2",
    "--converge",
    "--low-memory-unused",
    "--reorder-functions-by-name",
    "--strip-debug",
    "--strip-producers",
];

/// What `Trunk.toml` has Trunk write where the module's scripts belong.
const MARK: &str = "<script data-pack ";

/// Packs what Trunk has staged; Trunk's `post_build` hook calls it.
pub(crate) fn staged(project: &Project) -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .context("packing is a part of building: `cargo xtask build`")?;
    let release = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");

    let index = staging.join("index.html");
    let html = read(&index)?;
    let built = Built::find(&html)?;
    let glue = read(&staging.join(&built.glue))?;
    let module = staging.join(&built.module);
    let began = Instant::now();
    if release {
        optimise(project, &module)?;
    }
    let optimised = began.elapsed();
    let module = fs::read(&module).with_context(|| format!("cannot read {}", module.display()))?;
    let began = Instant::now();
    let packed = compress::lzma(&module)?;
    let compressed = began.elapsed();

    let minifier = Minifier { program: if release { tools::ESBUILD.find(project)? } else { None } };
    let page = Page::new(&html, &glue, &packed, &minifier, |path| read(&staging.join(path)))?;
    empty(&staging)?;
    fs::write(&index, &page.html).with_context(|| format!("cannot write {}", index.display()))?;

    println!("The page: {}", size(page.html.len()));
    println!("  style   {:>10}", size(page.style));
    println!("  scripts {:>10}", size(page.scripts));
    println!(
        "  module  {:>10} as text ({} compressed from {})",
        size(page.module),
        size(packed.len()),
        size(module.len()),
    );
    if release {
        println!(
            "  optimised in {:.1} s, compressed in {:.1} s",
            optimised.as_secs_f32(),
            compressed.as_secs_f32()
        );
    }
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn size(bytes: usize) -> String {
    format!("{:.1} kB", bytes as f64 / 1000.0)
}

/// Removes everything in a folder.
fn empty(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}

/// Runs `wasm-opt` over the module, if it is there.
fn optimise(project: &Project, module: &Path) -> Result<()> {
    let Some(program) = tools::WASM_OPT.find(project)? else {
        println!("wasm-opt is not here: the page works, but is larger than it need be");
        return Ok(());
    };
    project::run(project.command(program).args(WASM_OPT).arg(module).arg("-o").arg(module), "wasm-opt")
}

/// The names of the two files that `wasm-bindgen` made.
#[derive(Debug, PartialEq)]
struct Built {
    glue: String,
    module: String,
}

impl Built {
    fn find(html: &str) -> Result<Self> {
        let mark = element(html, MARK).context("index.html has no place for the module; see Trunk.toml")?;
        Ok(Self {
            glue: attribute(mark, "src").context("Trunk named no script")?,
            module: attribute(mark, "data-wasm").context("Trunk named no module")?,
        })
    }
}

/// The packed page, and what its parts take of it.
#[derive(Debug)]
struct Page {
    html: String,
    style: usize,
    scripts: usize,
    module: usize,
}

impl Page {
    /// Puts the parts into the page that Trunk made. `sheet` reads a style sheet.
    fn new(
        html: &str,
        glue: &str,
        module: &[u8],
        minifier: &Minifier,
        sheet: impl Fn(&str) -> Result<String>,
    ) -> Result<Self> {
        let mut html = squeeze::markup(&with_plain_newlines(html));

        let style = minifier.style(&take_styles(&mut html, sheet)?)?;
        ensure!(
            !style.to_ascii_lowercase().contains("</style"),
            "a style sheet holds `</style`, which would end it"
        );

        let glue = with_plain_newlines(glue);
        let glue = format!("function glue() {{\n{glue}\nreturn wasm_bindgen;\n}}");
        let glue = as_inline_script(&minifier.script(&glue)?);
        let loader = as_inline_script(&minifier.script(&with_plain_newlines(LOADER))?);
        let module = compress::as_text(module);

        let policy = policy(&[&glue, &loader], &style);
        insert_after(
            &mut html,
            "<head>",
            &format!("\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">"),
        )?;
        insert_before(&mut html, "</head>", &format!("<style>{style}</style>\n"))?;

        let mark = element(&html, MARK)
            .context("index.html has no place for the module; see Trunk.toml")?
            .to_owned()
            + "</script>";
        refuse_what_the_policy_forbids(&html.replacen(&mark, "", 1))?;
        html = html.replacen(
            &mark,
            &format!(
                "<script type=\"text/plain\" id=\"module\">{module}</script>\n\
                 <script>{glue}</script>\n<script>{loader}</script>"
            ),
            1,
        );
        Ok(Self { html, style: style.len(), scripts: glue.len() + loader.len(), module: module.len() })
    }
}

/// What the page may do: run these very scripts and this style, compile its module,
/// start workers and show pictures that it made itself. Nothing else, and above all
/// no connection.
fn policy(scripts: &[&str], style: &str) -> String {
    let scripts: Vec<String> = scripts.iter().map(|script| hash(script)).collect();
    [
        "default-src 'none'",
        &format!("script-src {} 'wasm-unsafe-eval'", scripts.join(" ")),
        &format!("style-src {}", hash(style)),
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

/// The newlines that a browser sees, whatever the file has: it hashes those.
fn with_plain_newlines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// A script without what would end the element around it, or keep it from ending. In
/// a string or a regular expression, the only places for these, the backslash means nothing.
fn as_inline_script(script: &str) -> String {
    let mut safe = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(at) = rest.find('<') {
        let (before, after) = rest.split_at(at + 1);
        safe.push_str(before);
        let ends = after.get(.."/script".len()).is_some_and(|tag| tag.eq_ignore_ascii_case("/script"));
        if ends || after.starts_with("!--") {
            safe.push('\\');
        }
        rest = after;
    }
    safe.push_str(rest);
    safe
}

/// Takes the style sheets out of the page, in their order: those that it holds and
/// those that it links to.
fn take_styles(html: &mut String, sheet: impl Fn(&str) -> Result<String>) -> Result<String> {
    const HELD: &str = "<style>";
    const LINKED: &str = "<link rel=\"stylesheet\"";

    let mut style = String::new();
    loop {
        let next = [HELD, LINKED].into_iter().filter_map(|start| Some((html.find(start)?, start))).min();
        let Some((at, start)) = next else {
            return Ok(style);
        };
        let tag = element(&html[at..], start).context("index.html has an open tag")?;
        let end = if start == HELD {
            let (held, _) =
                html[at + tag.len()..].split_once("</style>").context("index.html has an open <style>")?;
            style.push_str(held);
            at + tag.len() + held.len() + "</style>".len()
        } else {
            let path = attribute(tag, "href").context("a style sheet has no address")?;
            style.push_str(&with_plain_newlines(&sheet(&path)?));
            at + tag.len()
        };
        style.push('\n');
        html.replace_range(at..end, "");
    }
}

/// The page's policy would quietly stop these; better to hear of it now.
fn refuse_what_the_policy_forbids(html: &str) -> Result<()> {
    for forbidden in ["<script", "style=\"", " src=\"", "href=\"/", "href=\"."] {
        if let Some(at) = html.find(forbidden) {
            let line = html[at..].lines().next().unwrap_or_default();
            bail!("the page's policy forbids this part of index.html: {line}");
        }
    }
    Ok(())
}

/// The first tag that begins like this.
fn element<'a>(html: &'a str, start: &str) -> Option<&'a str> {
    let from = &html[html.find(start)?..];
    Some(&from[..=from.find('>')?])
}

/// The value of a tag's attribute, as a path within what Trunk staged.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = format!(" {name}=\"");
    let value = &tag[tag.find(&start)? + start.len()..];
    Some(value[..value.find('"')?].trim_start_matches('/').to_owned())
}

fn insert_after(html: &mut String, mark: &str, text: &str) -> Result<()> {
    let at = html.find(mark).with_context(|| format!("index.html has no {mark}"))?;
    html.insert_str(at + mark.len(), text);
    Ok(())
}

fn insert_before(html: &mut String, mark: &str, text: &str) -> Result<()> {
    let at = html.find(mark).with_context(|| format!("index.html has no {mark}"))?;
    html.insert_str(at, text);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = r#"<!doctype html>
<html>
<head>
<meta charset="utf-8">
<style>a { color: red }</style>
<link rel="stylesheet" href="/one.css"/>
<link rel="stylesheet" href="/two.css"/>
</head>
<body>
<script data-pack src="app.js" data-wasm="app_bg.wasm"></script>
</body>
</html>
"#;

    fn build(html: &str, glue: &str) -> Result<Page> {
        Page::new(html, glue, b"\0asm", &Minifier::default(), |path| {
            Ok(format!("/* {path} */\r\n.{} {{}}\r\n", path.replace('.', "-")))
        })
    }

    fn packed(glue: &str) -> Result<String> {
        Ok(build(INDEX, glue)?.html)
    }

    fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
        Some(text.split_once(start)?.1.split_once(end)?.0)
    }

    #[test]
    fn trunk_is_asked_where_the_module_is() -> Result<()> {
        assert_eq!(
            Built::find(INDEX)?,
            Built { glue: "app.js".to_owned(), module: "app_bg.wasm".to_owned() }
        );
        assert!(Built::find("<html></html>").is_err());
        Ok(())
    }

    #[test]
    fn the_policy_comes_before_all_else_in_the_head() -> Result<()> {
        let html = packed("let wasm_bindgen;")?;
        let start = "<!doctype html>\n<html>\n<head>\n<meta http-equiv=\"Content-Security-Policy\" ";
        assert!(html.starts_with(start), "{html}");
        // A browser looks for the encoding in this many bytes.
        assert!(html.find("charset").is_some_and(|at| at < 1024), "{html}");
        Ok(())
    }

    #[test]
    fn the_policy_names_exactly_what_the_page_holds() -> Result<()> {
        let html = packed("let wasm_bindgen;")?;
        let policy = between(&html, "content=\"", "\"").context("no policy")?;
        let style = between(&html, "<style>", "</style>").context("no style")?;
        let scripts: Vec<&str> = html
            .split("<script>")
            .skip(1)
            .filter_map(|script| Some(script.split_once("</script>")?.0))
            .collect();
        let [glue, loader] = scripts[..] else {
            bail!("{} scripts", scripts.len());
        };
        assert_eq!(
            policy,
            format!(
                "default-src 'none'; script-src {} {} 'wasm-unsafe-eval'; style-src {}; \
                 img-src data: blob:; worker-src blob:; connect-src 'none'; \
                 base-uri 'none'; form-action 'none'",
                hash(glue),
                hash(loader),
                hash(style),
            )
        );
        Ok(())
    }

    #[test]
    fn a_hash_is_what_a_browser_computes() {
        // The example of the standard's own text, CSP3 § 8.3.
        assert_eq!(hash("alert('Hello, world.');"), "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
    }

    #[test]
    fn sheets_are_put_together_in_their_order() -> Result<()> {
        let html = packed("let wasm_bindgen;")?;
        assert_eq!(
            between(&html, "<style>", "</style>"),
            Some("a { color: red }\n.one-css {}\n.two-css {}\n")
        );
        assert!(!html.contains("<link"), "{html}");
        Ok(())
    }

    #[test]
    fn no_script_ends_its_element() -> Result<()> {
        let html = packed("let wasm_bindgen = '</script><!--</SCRIPT >';")?;
        assert!(html.contains(r"'<\/script><\!--<\/SCRIPT >'"), "{html}");
        assert_eq!(html.matches("</script>").count(), 3);
        Ok(())
    }

    #[test]
    fn the_module_is_carried_as_text() -> Result<()> {
        let html = packed("let wasm_bindgen;")?;
        let text = between(&html, "id=\"module\">", "</script>").context("no module")?;
        assert_eq!(text, compress::as_text(b"\0asm"));
        Ok(())
    }

    #[test]
    fn what_the_policy_would_stop_is_refused() {
        for part in [
            "<p style=\"color: red\">",
            "<script>alert(1)</script>",
            "<img src=\"picture.png\">",
            "<link rel=\"icon\" href=\"/icon.svg\">",
        ] {
            let html = INDEX.replace("<body>", &format!("<body>{part}"));
            assert!(build(&html, "").is_err(), "{part}");
        }
    }

    #[test]
    fn the_page_is_the_same_whatever_the_newlines() -> Result<()> {
        let windows = INDEX.replace('\n', "\r\n");
        assert_eq!(build(&windows, "let a;\r\nlet b;")?.html, build(INDEX, "let a;\nlet b;")?.html);
        Ok(())
    }
}

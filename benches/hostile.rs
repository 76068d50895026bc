//! The hostile inputs of the tests in full: time and peak memory of the program, at each size and a tenth of it.
//!
//! `cargo bench --bench hostile [-- WORD]`; WORD picks the rows whose names contain it. Memory is told by GNU time,
//! where that is installed. The last column says which bound is missed; a missed one fails the run.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench measures, and says what it measured"
)]
#![expect(clippy::unwrap_used, reason = "a bench that cannot start should say so")]
#![expect(clippy::cast_precision_loss, reason = "nobody reads so many digits")]

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::{env, fs, process};

#[path = "../tests/it/hostile/rows.rs"]
#[expect(dead_code, reason = "what has to come of a row is for the tests")]
mod rows;

const TIME: &str = "/usr/bin/time";
/// Seconds of processor time that a row may take.
const MOST_SECONDS: f64 = 2.0;
/// How many times longer ten times the input may take: twelve, and what hundredths of a second leave open.
const MOST_GROWTH: f64 = 16.0;
const TELLS: f64 = 0.05;
/// Peak memory of the program.
const MOST_MEGABYTES: f64 = 288.0;

struct Measure {
    /// Of the processor.
    seconds: f64,
    megabytes: f64,
    /// Bytes of the file and of the reports.
    bytes: u64,
    code: i32,
}

fn main() -> ExitCode {
    let wanted = env::args().skip(1).find(|word| !word.starts_with('-')).unwrap_or_default();
    let folder = env::temp_dir().join(format!("plimsoll-hostile-{}", process::id()));
    println!("{:34} {:>9} {:>8} {:>8} {:>6} {:>6}", "", "MB in+out", "n/10 s", "n s", "ratio", "MB");
    let mut missed = 0;
    let all = [rows::YAML, rows::OBJECTS, rows::CLOUD, rows::HCL, rows::SETTINGS, rows::DOCKERFILE];
    for row in all.into_iter().flatten().filter(|row| row.name.contains(&wanted)) {
        let small = measure(&folder, row.path, &(row.make)((row.full / 10).max(1)));
        let full = measure(&folder, row.path, &(row.make)(row.full));
        let ratio = full.seconds / small.seconds.max(0.01);
        let size = full.bytes as f64 / 1e6;
        let wrong = if !matches!(full.code, 0 | 1 | 3) {
            "crashed"
        } else if full.seconds > MOST_SECONDS {
            "too slow"
        } else if small.seconds >= TELLS && ratio > MOST_GROWTH {
            "not linear"
        } else if full.megabytes > MOST_MEGABYTES {
            "too much memory"
        } else {
            ""
        };
        missed += usize::from(!wrong.is_empty());
        println!(
            "{:34} {size:9.1} {:8.2} {:8.2} {ratio:6.1} {:6.0} {wrong}",
            row.name, small.seconds, full.seconds, full.megabytes
        );
    }
    let _ = fs::remove_dir_all(&folder);
    if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// One run on one file with one thread and every rule.
fn measure(folder: &Path, path: &str, text: &[u8]) -> Measure {
    let _ = fs::remove_dir_all(folder);
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::create_dir_all(folder.join(".git")).unwrap();
    fs::write(&file, text).unwrap();
    let reports = ["json", "full"].map(|name| (name, folder.join(".git").join(name)));
    let has_time = Path::new(TIME).exists();
    let program = env!("CARGO_BIN_EXE_plimsoll");
    let mut command = Command::new(if has_time { TIME } else { program });
    if has_time {
        command.args(["-o", ".git/time", "-f", "%U %S %M", program]);
    }
    command.args(["check", "--isolated", "--select", "ALL", "--quiet", "--no-progress", "--threads", "1"]);
    command.args(reports.iter().map(|(name, path)| format!("--format={name}={}", path.display())));
    let start = std::time::Instant::now();
    let status = command.current_dir(folder).stdout(Stdio::null()).status().unwrap();
    let elapsed = start.elapsed().as_secs_f64();
    let told = fs::read_to_string(folder.join(".git/time")).unwrap_or_default();
    let numbers: Vec<f64> =
        told.lines().last().unwrap_or("").split(' ').filter_map(|word| word.parse().ok()).collect();
    let (seconds, megabytes) = match numbers[..] {
        [user, system, kilobytes] => (user + system, kilobytes / 1024.0),
        _ => (elapsed, 0.0),
    };
    let length = |path: &Path| fs::metadata(path).map_or(0, |metadata| metadata.len());
    let bytes = text.len() as u64 + reports.iter().map(|(_, path)| length(path)).sum::<u64>();
    Measure { seconds, megabytes, bytes, code: status.code().unwrap_or(-1) }
}

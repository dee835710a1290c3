package org.qsmnode.app;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.qsmnode.numeric.Progress;

/** Shows progress as a bar on a terminal and as one line per stage and quarter on a pipe. */
final class ConsoleProgress implements Progress, AutoCloseable {

  private static final int PER_MILLE = 1000;
  private static final int QUARTERS = 4;

  private final PrintStream out;
  private final boolean terminal;
  private String stage = "";
  private int quarter = -1;
  private @Nullable ProgressBar bar;

  ConsoleProgress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** On standard error, as a bar if that is a terminal. */
  static ConsoleProgress onStandardError() {
    return new ConsoleProgress(System.err, System.console() != null);
  }

  @Override
  public synchronized void at(String newStage, double fraction) {
    double part = Math.min(1, Math.max(0, fraction));
    if (!newStage.equals(stage)) {
      close();
      stage = newStage;
      quarter = -1;
    }
    if (terminal) {
      showBar(part);
    } else {
      printLine(part);
    }
  }

  private void showBar(double part) {
    ProgressBar current = bar;
    if (current == null) {
      current =
          new ProgressBarBuilder()
              .setTaskName(stage)
              .setInitialMax(PER_MILLE)
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .hideEta()
              .build();
      bar = current;
    }
    current.stepTo(Math.round(part * PER_MILLE));
  }

  private void printLine(double part) {
    int reached = (int) Math.floor(part * QUARTERS);
    if (reached > quarter) {
      quarter = reached;
      out.printf("%s %d %%%n", stage, reached * 100 / QUARTERS);
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}

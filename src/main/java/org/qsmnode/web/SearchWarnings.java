package org.qsmnode.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What of a search was not done, as sentences for its answer (PS3.18 8.3.4). */
final class SearchWarnings {

  /** More names than a person looks at would only make the header of the answer large. */
  private static final int NAMES = 10;

  private final List<String> sentences = new ArrayList<>();
  private final Set<String> ignored = new TreeSet<>();

  /** A way of matching that is asked for with {@code true} and not there. */
  void unsupported(String parameter, String value, String instead) {
    if (!value.equals("false")) {
      sentences.add("The %s parameter is not supported. %s".formatted(parameter, instead));
    }
  }

  /** A parameter or an attribute of {@code includefield} that is not known. */
  void ignored(String name) {
    if (ignored.size() < NAMES) {
      ignored.add(name.matches("[A-Za-z0-9_.]{1,64}") ? name : "an unreadable name");
    }
  }

  List<String> sentences() {
    List<String> all = new ArrayList<>(sentences);
    if (!ignored.isEmpty()) {
      all.add("Not known and ignored: " + String.join(" ", ignored) + ".");
    }
    return all;
  }
}

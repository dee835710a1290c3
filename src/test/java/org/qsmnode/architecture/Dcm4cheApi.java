package org.qsmnode.architecture;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The declarations of the official dcm4che, read from a listing with one class header or indented
 * member per line. Members are compared as text in which types have their simple names.
 */
final class Dcm4cheApi {

  /** Classes that the listing leaves out; their declarations as the DICOM note names them. */
  private static final List<String> LEFT_OUT =
      List.of(
          "public class ~data.Tag",
          "public class ~data.UID",
          "public class ~util.UIDUtils",
          "  static String createUID()",
          "  static String createUID(String)",
          "  static String createNameBasedUID(byte[])",
          "  static String createNameBasedUID(byte[], String)",
          "  static boolean isValid(String)",
          "  static String getRoot()",
          "  static void setRoot(String)",
          "public class ~util.TagUtils",
          "  static String toString(int)",
          "  static String toHexString(int)",
          "  static int toTag(int, int)",
          "  static int toPrivateTag(int, int)",
          "  static boolean isPrivateTag(int)",
          "  static boolean isPrivateGroup(int)",
          "  static boolean isPrivateCreator(int)",
          "  static int groupNumber(int)",
          "  static int elementNumber(int)",
          "  static int forName(String)");

  private final Map<String, Set<String>> membersByClass = new TreeMap<>();
  private final Map<String, String> headers = new TreeMap<>();

  private Dcm4cheApi() {}

  static Dcm4cheApi read(Path listing) throws IOException {
    Dcm4cheApi api = new Dcm4cheApi();
    try (Stream<String> lines = Files.lines(listing)) {
      api.add(Stream.concat(lines, LEFT_OUT.stream()).toList());
    }
    return api;
  }

  private void add(List<String> lines) {
    Set<String> members = new TreeSet<>();
    for (String line : lines) {
      if (line.startsWith("#") || line.isBlank()) {
        continue;
      }
      if (line.startsWith("  ")) {
        members.add(normalised(line));
      } else {
        String name = line.replaceFirst(".*?~(\\S+?)(<.*|\\s.*|$)", "org.dcm4che3.$1");
        headers.put(name, line);
        members = membersByClass.computeIfAbsent(name, n -> new TreeSet<>());
      }
    }
  }

  private static String normalised(String line) {
    String text = line.trim().replaceAll("^(static )?<[^(]*?> (?=\\S+ \\w+\\()", "$1");
    while (text.contains("<")) {
      text = text.replaceAll("<[^<>]*>", "");
    }
    text =
        text.replace("...", "[]")
            .replaceAll("\\b(abstract|default|final|synchronized|volatile) ", "")
            .replaceAll("~?(\\w+\\.)+([\\w$]+)", "$2");
    int thrown = text.indexOf(" throws ");
    return thrown < 0 ? text : text.substring(0, thrown) + " throws " + sorted(text, thrown);
  }

  private static String sorted(String text, int thrown) {
    return Arrays.stream(text.substring(thrown + " throws ".length()).split(", ?"))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** What {@code other} lists and this one does not, one declaration a line. */
  List<String> lacksOf(Dcm4cheApi other) {
    List<String> lacking = new ArrayList<>();
    other.membersByClass.forEach(
        (type, members) -> {
          if (!headers.containsKey(type)) {
            lacking.add(type);
          }
          members.stream()
              .filter(member -> !membersByClass.getOrDefault(type, Set.of()).contains(member))
              .forEach(member -> lacking.add(type + ": " + member));
        });
    return lacking;
  }

  /** Classes as lines that {@link #read} understands; overrides and DICOM constants left out. */
  static List<String> listing(List<Class<?>> classes) {
    List<String> lines = new ArrayList<>();
    for (Class<?> type : classes.stream().sorted(Comparator.comparing(Class::getName)).toList()) {
      lines.add(
          "public "
              + (type.isInterface() ? "interface " : "class ")
              + type.getName().replace("org.dcm4che3.", "~")
              + (type.isEnum() ? " extends Enum<>" : ""));
      Set<String> members = new TreeSet<>();
      if (!isConstants(type)) {
        accessible(type.getDeclaredFields()).forEach(f -> members.add(text((Field) f)));
      }
      if (!type.isEnum()) {
        accessible(type.getDeclaredConstructors())
            .forEach(c -> members.add(text((Constructor<?>) c)));
      }
      accessible(type.getDeclaredMethods())
          .filter(m -> !((Method) m).isBridge() && !overrides((Method) m))
          .forEach(m -> members.add(text((Method) m)));
      members.forEach(member -> lines.add("  " + member));
    }
    return lines;
  }

  private static boolean isConstants(Class<?> type) {
    return type.getName().matches("org\\.dcm4che3\\.data\\.(Tag|UID)");
  }

  /** What the class declares that the official class of its name does not. */
  List<String> additionsOf(Class<?> type) {
    List<String> additions = new ArrayList<>();
    String header = headers.get(type.getName());
    if (header == null) {
      return List.of(type.getName());
    }
    boolean asInterface = header.matches("(public )?(abstract )?interface .*");
    if (asInterface != type.isInterface() || header.contains(" extends Enum<") != type.isEnum()) {
      additions.add(type.getName() + ": another kind of type");
    }
    Set<String> official = membersByClass.get(type.getName());
    boolean constants = isConstants(type);
    accessible(type.getDeclaredFields())
        .filter(field -> !constants && !official.contains(text((Field) field)))
        .forEach(field -> additions.add(type.getName() + ": " + text((Field) field)));
    accessible(type.getDeclaredConstructors())
        .filter(c -> !type.isEnum() && !official.contains(text((Constructor<?>) c)))
        .forEach(c -> additions.add(type.getName() + ": " + text((Constructor<?>) c)));
    accessible(type.getDeclaredMethods())
        .filter(m -> !((Method) m).isBridge() && !official.contains(text((Method) m)))
        .filter(m -> !overrides((Method) m))
        .forEach(m -> additions.add(type.getName() + ": " + text((Method) m)));
    return additions;
  }

  private static Stream<java.lang.reflect.Member> accessible(java.lang.reflect.Member[] members) {
    return Arrays.stream(members)
        .filter(m -> !m.isSynthetic())
        .filter(m -> (m.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0);
  }

  /** Whether the official class, or an official class above it, declares such a member. */
  boolean declares(Class<?> type, String member) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (membersByClass.getOrDefault(c.getName(), Set.of()).contains(member)) {
        return true;
      }
      for (Class<?> i : c.getInterfaces()) {
        if (declares(i, member)) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean overrides(Method method) {
    return Stream.concat(
            Stream.ofNullable(method.getDeclaringClass().getSuperclass()),
            Arrays.stream(method.getDeclaringClass().getInterfaces()))
        .anyMatch(above -> inherits(above, method));
  }

  private static boolean inherits(Class<?> type, Method method) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      boolean declared =
          Arrays.stream(c.getDeclaredMethods())
              .filter(m -> !Modifier.isPrivate(m.getModifiers()))
              .filter(m -> m.getName().equals(method.getName()))
              .anyMatch(m -> m.getParameterCount() == method.getParameterCount());
      if (declared || Arrays.stream(c.getInterfaces()).anyMatch(i -> inherits(i, method))) {
        return true;
      }
    }
    return false;
  }

  static String text(Field field) {
    return modifiers(field.getModifiers()) + name(field.getGenericType()) + " " + field.getName();
  }

  static String text(Constructor<?> constructor) {
    return modifiers(constructor.getModifiers())
        + name(constructor.getDeclaringClass())
        + signature(constructor);
  }

  static String text(Method method) {
    return modifiers(method.getModifiers())
        + name(method.getGenericReturnType())
        + " "
        + method.getName()
        + signature(method);
  }

  private static String modifiers(int modifiers) {
    return (Modifier.isProtected(modifiers) ? "protected " : "")
        + (Modifier.isStatic(modifiers) ? "static " : "");
  }

  private static String signature(Executable executable) {
    String thrown =
        Arrays.stream(executable.getExceptionTypes())
            .map(Dcm4cheApi::name)
            .sorted()
            .collect(Collectors.joining(", "));
    return Arrays.stream(executable.getGenericParameterTypes())
            .map(Dcm4cheApi::name)
            .collect(Collectors.joining(", ", "(", ")"))
        + (thrown.isEmpty() ? "" : " throws " + thrown);
  }

  private static String name(java.lang.reflect.Type type) {
    String text = type.getTypeName();
    if (type instanceof Class<?> c && c.isArray()) {
      return name(c.getComponentType()) + "[]";
    }
    while (text.contains("<")) {
      text = text.replaceAll("<[^<>]*>", "");
    }
    return text.replaceAll("(\\w+\\.)+([\\w$]+)", "$2");
  }
}

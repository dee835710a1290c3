package org.qsmnode.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.util.UIDUtils;
import org.junit.jupiter.api.Test;

/**
 * The stand-in for dcm4che declares nothing that the official artifacts lack, and the product calls
 * nothing that they lack. A list of the declarations that the stand-in may have stands in the test
 * resources. Each line was compared with a listing of the official artifacts; where that listing is
 * at hand ({@code qsmnode.sharedDocs}), the comparison is repeated.
 */
class Dcm4cheSubsetTest {

  private static final Path ALLOWED =
      Path.of("src", "test", "resources", "dcm4che-declarations.txt");
  private static final Path OFFICIAL =
      Path.of(System.getProperty("qsmnode.sharedDocs", "../shared/docs"), "dcm4che-api.txt");
  private static final Path DECLARED = Path.of("target", "dcm4che-declarations.txt");
  private static final Path PRODUCT = Path.of("target", "classes", "org", "qsmnode");
  private static final String ROOT = "org.dcm4che3.";

  private static Dcm4cheApi api() throws IOException {
    return Dcm4cheApi.read(ALLOWED);
  }

  private static Path standIn() throws URISyntaxException {
    Path place =
        Path.of(Attributes.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assumeTrue(Files.isDirectory(place), "built with the official dcm4che, not with the stand-in");
    return place;
  }

  private static List<Class<?>> accessibleClasses(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve("org/dcm4che3"))) {
      List<Class<?>> classes = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name = root.relativize(file).toString().replace('/', '.');
        if (!name.endsWith("package-info.class")) {
          Class<?> type = load(name.substring(0, name.length() - ".class".length()));
          if (isAccessible(type)) {
            classes.add(type);
          }
        }
      }
      return classes;
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Dcm4cheSubsetTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isAccessible(Class<?> type) {
    boolean open = (type.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    return open
        && !type.isAnonymousClass()
        && (type.getDeclaringClass() == null || isAccessible(type.getDeclaringClass()));
  }

  @Test
  void theStandInDeclaresNothingThatTheOfficialArtifactsLack()
      throws IOException, URISyntaxException {
    Dcm4cheApi api = api();
    List<Class<?>> classes = accessibleClasses(standIn());
    List<String> additions = classes.stream().flatMap(c -> api.additionsOf(c).stream()).toList();
    assertTrue(classes.size() > 20, "stand-in classes found: " + classes.size());
    assertEquals("", String.join("\n", additions));
  }

  @Test
  void theListHasTheDeclarationsOfTheStandInAlone() throws IOException, URISyntaxException {
    List<String> declared = Dcm4cheApi.listing(accessibleClasses(standIn()));
    Files.write(DECLARED, declared);
    assertEquals(
        String.join("\n", declared),
        Files.readAllLines(ALLOWED).stream()
            .filter(line -> !line.startsWith("#"))
            .collect(Collectors.joining("\n")),
        "the declarations of this build are in " + DECLARED);
  }

  @Test
  void everyDeclarationOfTheListIsOfficial() throws IOException {
    assumeTrue(
        Files.exists(OFFICIAL),
        "no listing of the official declarations: " + OFFICIAL + " (qsmnode.sharedDocs)");
    assertEquals(List.of(), Dcm4cheApi.read(OFFICIAL).lacksOf(api()));
  }

  @Test
  void anInventedDeclarationIsNoticed() throws IOException {
    assertEquals(
        List.of(Dcm4cheSubsetTest.class.getName()), api().additionsOf(Dcm4cheSubsetTest.class));
  }

  @Test
  void theProductCallsNothingThatTheOfficialArtifactsLack() throws IOException {
    Dcm4cheApi api = api();
    Set<String> calls = new TreeSet<>();
    Set<String> unknown = new TreeSet<>();
    for (AccessTarget target : targets()) {
      String call = target.getOwner().getName() + ": " + text(target);
      calls.add(call);
      if (!isOfficial(api, target)) {
        unknown.add(call);
      }
    }
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target", "dcm4che-calls.txt"), calls);
    assertFalse(calls.isEmpty());
    assertEquals("", String.join("\n", unknown));
  }

  /** The members of dcm4che that the product's bytecode names. */
  private static Collection<AccessTarget> targets() {
    Map<String, AccessTarget> targets = new TreeMap<>();
    for (JavaClass type : product()) {
      for (JavaAccess<?> access : type.getAccessesFromSelf()) {
        if (access.getTargetOwner().getName().startsWith(ROOT)) {
          targets.put(access.getTarget().getFullName(), access.getTarget());
        }
      }
    }
    return targets.values();
  }

  /** The product's classes alone: reading what they depend on as well takes half a minute. */
  private static JavaClasses product() {
    return ArchConfiguration.withThreadLocalScope(
        configuration -> {
          configuration.setResolveMissingDependenciesFromClassPath(false);
          return new ClassFileImporter().importPath(PRODUCT);
        });
  }

  private static boolean isOfficial(Dcm4cheApi api, AccessTarget target) {
    Class<?> owner = load(target.getOwner().getName());
    Member member = reflect(target, owner);
    if (!member.getDeclaringClass().getName().startsWith(ROOT)) {
      return true;
    }
    return api.declares(owner, text(target))
        || (member instanceof Method method && Dcm4cheApi.overrides(method));
  }

  private static String text(AccessTarget target) {
    Member member = reflect(target, load(target.getOwner().getName()));
    if (member instanceof Field field) {
      return Dcm4cheApi.text(field);
    }
    return member instanceof Method method
        ? Dcm4cheApi.text(method)
        : Dcm4cheApi.text((Constructor<?>) member);
  }

  private static Member reflect(AccessTarget target, Class<?> owner) {
    List<? extends Member> members =
        target instanceof AccessTarget.FieldAccessTarget
            ? fields(owner)
            : target instanceof AccessTarget.ConstructorCallTarget
                ? List.of(owner.getDeclaredConstructors())
                : methods(owner);
    return members.stream()
        .filter(m -> m instanceof Constructor<?> || m.getName().equals(target.getName()))
        .filter(m -> m instanceof Field || parameters(target).equals(parameters(m)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("unresolved: " + target.getFullName()));
  }

  private static List<Field> fields(Class<?> owner) {
    return Stream.concat(Arrays.stream(owner.getDeclaredFields()), Arrays.stream(owner.getFields()))
        .toList();
  }

  private static List<Method> methods(Class<?> owner) {
    List<Method> methods = new ArrayList<>();
    for (Class<?> c = owner; c != null; c = c.getSuperclass()) {
      Arrays.stream(c.getDeclaredMethods()).filter(m -> !m.isBridge()).forEach(methods::add);
    }
    methods.addAll(List.of(owner.getMethods()));
    return methods;
  }

  private static List<String> parameters(AccessTarget target) {
    return ((AccessTarget.CodeUnitAccessTarget) target)
        .getRawParameterTypes().stream().map(JavaClass::getName).toList();
  }

  private static List<String> parameters(Member member) {
    Class<?>[] types =
        member instanceof Method method
            ? method.getParameterTypes()
            : ((Constructor<?>) member).getParameterTypes();
    return Arrays.stream(types).map(Class::getName).toList();
  }

  @Test
  void tagConstantsAgreeWithTheDictionary() throws IllegalAccessException, URISyntaxException {
    standIn();
    for (Field constant : Tag.class.getFields()) {
      int tag = constant.getInt(null);
      assertEquals(
          constant.getName(), ElementDictionary.keywordOf(tag, null), Integer.toHexString(tag));
    }
  }

  @Test
  void uidConstantsAreUids() throws IllegalAccessException, URISyntaxException {
    standIn();
    for (Field constant : UID.class.getFields()) {
      assertTrue(UIDUtils.isValid((String) constant.get(null)), constant.getName());
    }
  }
}

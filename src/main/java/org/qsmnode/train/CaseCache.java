package org.qsmnode.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.qsmnode.inversion.Inversion;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.inversion.pdi.PdiInputs;
import org.qsmnode.numeric.Progress;
import org.qsmnode.simulate.cases.CaseFacts;
import org.qsmnode.simulate.cases.CaseFamily;
import org.qsmnode.simulate.cases.CaseFolder;
import org.qsmnode.simulate.cases.InversionCase;

/** Computes the network inputs of cases once and keeps them in a folder. */
final class CaseCache {

  private final Path folder;
  private final Inversion starter;

  /**
   * @param folder of the files, for one start method only
   * @param starter makes the map that the network corrects
   */
  CaseCache(Path folder, Inversion starter) {
    this.folder = folder;
    this.starter = starter;
  }

  /** The cases below {@code root} in the order of their names; missing inputs are computed. */
  List<CachedCase> all(Path root, Progress progress) throws IOException {
    List<Path> cases = CaseFolder.list(root);
    if (cases.isEmpty()) {
      throw new IOException("there are no cases in " + root);
    }
    List<CachedCase> opened = new ArrayList<>();
    for (Path one : cases) {
      progress.at("network inputs", (double) opened.size() / cases.size());
      opened.add(open(one));
    }
    progress.at("network inputs", 1);
    return opened;
  }

  /**
   * As {@link #all}, for cases to train on.
   *
   * @throws IllegalArgumentException if one is of a family that is held out
   */
  List<CachedCase> forTraining(Path root, Progress progress) throws IOException {
    for (Path one : CaseFolder.list(root)) {
      CaseFacts facts = CaseFolder.facts(one);
      if (CaseFamily.named(facts.family()).heldOut()) {
        throw new IllegalArgumentException(
            one.getFileName() + " is of a family that is held out from training");
      }
    }
    return all(root, progress);
  }

  /** The case of one folder; its inputs are computed if they are missing. */
  CachedCase open(Path folderOfCase) throws IOException {
    Files.createDirectories(folder);
    String name = folderOfCase.getFileName().toString();
    Path file = folder.resolve(name + ".inputs");
    if (!Files.exists(file)) {
      InversionCase one = CaseFolder.read(folderOfCase);
      Posterior start = starter.invert(one.field(), Progress.NONE);
      PdiInputs inputs = PdiInputs.of(one.field(), start);
      CachedCase.write(
          file,
          inputs,
          one.field().fieldStrengthTesla(),
          inputs.box().crop(one.chiPpm()).data(),
          inputs.box().crop(one.labels()).data());
    }
    return CachedCase.open(name, file);
  }
}

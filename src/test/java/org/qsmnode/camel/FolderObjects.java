package org.qsmnode.camel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.qsmnode.digest.Digests;
import org.qsmnode.store.QueryKeys;
import org.qsmnode.store.QueryLevel;
import org.qsmnode.store.RetrievableInstance;
import org.qsmnode.store.RetrievableObjects;

/** The Explicit VR Little Endian objects of a folder, whose headers are read when it is made. */
public final class FolderObjects implements RetrievableObjects {

  private static final int[] STUDY = {
    Tag.StudyDate,
    Tag.StudyTime,
    Tag.AccessionNumber,
    Tag.PatientName,
    Tag.PatientID,
    Tag.StudyInstanceUID,
    Tag.StudyID
  };
  private static final int[] PATIENT = {Tag.PatientName, Tag.PatientID};
  private static final int[] SERIES = {
    Tag.Modality, Tag.SeriesDescription, Tag.SeriesInstanceUID, Tag.SeriesNumber
  };
  private static final int[] IMAGE = {Tag.SOPClassUID, Tag.SOPInstanceUID, Tag.InstanceNumber};

  private final Map<Path, Attributes> objects = new LinkedHashMap<>();
  private final Map<Path, String> digests = new HashMap<>();

  public FolderObjects(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        try (DicomInputStream in = new DicomInputStream(file.toFile())) {
          objects.put(file, in.readDatasetUntilPixelData());
        }
        digests.put(file, Digests.ofFile(file));
      }
    }
  }

  @Override
  public List<Attributes> candidates(QueryLevel level, Attributes keys) {
    int unique =
        switch (level) {
          case PATIENT -> Tag.PatientID;
          case STUDY -> Tag.StudyInstanceUID;
          case SERIES -> Tag.SeriesInstanceUID;
          case IMAGE -> Tag.SOPInstanceUID;
        };
    Stream<int[]> levels =
        switch (level) {
          case PATIENT -> Stream.of(PATIENT);
          case STUDY -> Stream.of(STUDY);
          case SERIES -> Stream.of(STUDY, SERIES);
          case IMAGE -> Stream.of(STUDY, SERIES, IMAGE);
        };
    int[] known = levels.flatMapToInt(Arrays::stream).sorted().toArray();
    Map<String, Attributes> entities = new LinkedHashMap<>();
    for (Attributes object : objects.values()) {
      entities.putIfAbsent(object.getString(unique), new Attributes(object, known));
    }
    return List.copyOf(entities.values());
  }

  @Override
  public List<RetrievableInstance> instances(QueryLevel level, Attributes keys) {
    List<RetrievableInstance> found = new ArrayList<>();
    for (Map.Entry<Path, Attributes> object : objects.entrySet()) {
      if (QueryKeys.match(keys, object.getValue())) {
        found.add(
            new RetrievableInstance(
                object.getValue().getString(Tag.StudyInstanceUID),
                object.getValue().getString(Tag.SOPClassUID),
                object.getValue().getString(Tag.SOPInstanceUID),
                UID.ExplicitVRLittleEndian,
                object.getKey(),
                Objects.requireNonNull(digests.get(object.getKey()))));
      }
    }
    return found;
  }
}

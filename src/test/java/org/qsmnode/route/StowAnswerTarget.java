package org.qsmnode.route;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.qsmnode.fuzz.FuzzTarget;

/** What a DICOMweb destination answers to STOW-RS (PS3.18 10.5.3). */
public final class StowAnswerTarget implements FuzzTarget {

  @Override
  public String name() {
    return "stow-answer";
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        ("{\"00081199\":{\"vr\":\"SQ\",\"Value\":[{\"00081155\":{\"vr\":\"UI\",\"Value\":[\"1.2\"]}}]},"
                + "\"00081198\":{\"vr\":\"SQ\",\"Value\":[{\"00081155\":{\"vr\":\"UI\",\"Value\":[\"1.3\"]},"
                + "\"00081197\":{\"vr\":\"US\",\"Value\":[272]}}]}}")
            .getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void read(byte[] input) {
    try {
      SendByStow.statuses(input);
    } catch (IOException e) {
      return;
    }
  }
}

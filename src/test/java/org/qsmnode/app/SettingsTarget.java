package org.qsmnode.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.qsmnode.fuzz.FuzzTarget;
import org.qsmnode.fuzz.InputFile;
import org.qsmnode.pipeline.ReconstructionSettings;
import org.qsmnode.route.NodeSettings;

/** A settings file. */
public final class SettingsTarget implements FuzzTarget {

  private final InputFile file = new InputFile("settings");

  @Override
  public String name() {
    return "settings";
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        text(
            "node.name=n1\nnode.dicom.port=0\nnode.dicom.peers=A@h:104,B@[::1]:104/tls\n"
                + "node.destination.a.aet=A\nnode.destination.a.host=h\n"
                + "node.destination.b.url=http://h/dicom-web\nnode.night.window=22:00-04:00\n"),
        text(
            "node.send.retry=1m,5m\nnode.dicom.accepted-addresses=10.0.0.0/8,::1\n"
                + "field.rim-voxels=2\nrecognition.site-rules=A/B/:phase-sign=-1\n"
                + "inversion.tkd.threshold=0.2\n\\u0041=\\\n x\n"));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void read(byte[] input) {
    try {
      Map<String, String> values = Configuration.read(file.holding(input), Map.of());
      NodeSettings.from(values);
      ReconstructionSettings.of(Configuration.reconstruction(values));
    } catch (IllegalArgumentException | IOException e) {
      return;
    }
  }

  /** Three hundred keys and their defaults are bound anew for each file. */
  @Override
  public long mayAllocate(byte[] input) {
    return (8L << 20) + 4096L * input.length;
  }
}

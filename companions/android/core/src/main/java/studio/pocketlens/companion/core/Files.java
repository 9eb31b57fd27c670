package studio.pocketlens.companion.core;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Files of the folder of models: read whole, hashed, and written so that nobody sees half of one. */
final class Files {
  /** More than any photo or message of the protocol has. */
  private static final int LIMIT = 64 << 20;

  private Files() {}

  static String text(File file) throws IOException {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  static byte[] bytes(File file) throws IOException {
    if (file.length() > LIMIT) throw new IOException(file.getName() + " is too large");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream input = new FileInputStream(file)) {
      byte[] part = new byte[1 << 16];
      for (int read = input.read(part); read >= 0; read = input.read(part)) {
        bytes.write(part, 0, read);
      }
    }
    return bytes.toByteArray();
  }

  /** SHA-256 in 64 lowercase hex digits. */
  static String sha256(File file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream input = new FileInputStream(file)) {
      byte[] part = new byte[1 << 16];
      for (int read = input.read(part); read >= 0; read = input.read(part)) {
        digest.update(part, 0, read);
      }
    }
    return hex(digest.digest());
  }

  static String sha256(byte[] bytes) {
    return hex(digest().digest(bytes));
  }

  /** Under another name first, which readers ignore, then renamed: whole or not at all. */
  static void write(File file, byte[] bytes) throws IOException {
    File folder = file.getParentFile();
    if (!folder.isDirectory() && !folder.mkdirs()) throw new IOException("No folder " + folder.getName());
    File part = new File(folder, "." + file.getName() + ".part");
    try (FileOutputStream output = new FileOutputStream(part)) {
      output.write(bytes);
      output.getFD().sync();
    }
    if (part.renameTo(file)) return;
    part.delete();
    throw new IOException(file.getName() + " can't be written");
  }

  static void write(File file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte one : bytes) {
      text.append(Character.forDigit(one >> 4 & 0xf, 16)).append(Character.forDigit(one & 0xf, 16));
    }
    return text.toString();
  }
}

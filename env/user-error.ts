/** Bad input: the message is one line that names the value received, what was expected and the fix. The command line ends with exit code 2. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

#!/usr/bin/env bash
# Places a test BUY and SELL on Aster's spot, lists them, and cancels them again.
# Exit code 6 means that an order may have been left open. Flags are passed on.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
case " $* " in
  *" --config"*) exec "$here/../../twinleg" bid-and-cancel aster spot "$@" ;;
  *) exec "$here/../../twinleg" bid-and-cancel aster spot --config "$here/config.json" "$@" ;;
esac
